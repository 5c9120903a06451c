"""What ``zpack verify`` says about frames, and where damage is, for people."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zpack.cli.sizes import counted
from zpack.errors import shown
from zpack.jobs import PartState

if TYPE_CHECKING:
    from zpack.jobs import Progress
    from zpack.operations.damage import EntryFinding, FrameFinding, Stretch
    from zpack.operations.reports import VerifyReport

_MOST_SHOWN = 20
STATE_WORDS = {
    PartState.WAITING: "not checked",
    PartState.GOOD: "good",
    PartState.DAMAGED: "damaged",
    PartState.REPAIRED: "repaired",
}


def frame_lines(progress: "Progress") -> Iterator[bytes]:
    """A line for each frame: number, offset and size in the archive, bytes of content, state."""
    from zpack.operations.frame_places import FramePlaces

    places = progress.parts
    if not isinstance(places, FramePlaces):
        return
    for number, state in enumerate(progress.part_states):
        place = places.offset[number], places.size[number], places.content[number]
        numbers = b"%8d %16d %12d %12d" % (number, *place)
        yield numbers + b"  " + STATE_WORDS[PartState(state)].encode("ascii") + b"\n"


def place_lines(report: "VerifyReport") -> Iterator[str]:
    """Where the damage is: the frames, and of files that lie in several of them the bytes."""
    frames = report.damaged_frames
    if frames:
        count = f"{len(frames):,} of {counted(report.frames, 'frame')}"
        yield f"zpack: Damage in {count} of the archive:"
    yield from map(_frame_line, frames[:_MOST_SHOWN])
    if len(frames) > _MOST_SHOWN:
        yield f"  and {len(frames) - _MOST_SHOWN:,} more: --json tells all of them."
    partly = [entry for entry in report.entries if _is_partly(entry)]
    if partly:
        yield "zpack: All other bytes of these files are as they were written:"
    yield from (_entry_line(entry) for entry in partly[:_MOST_SHOWN])


def _frame_line(frame: "FrameFinding") -> str:
    files = counted(frame.entries, "entry", "entries") if frame.entries else "no entries"
    end = frame.offset + frame.size - 1
    return f"  frame {frame.frame:,}: bytes {frame.offset:,} to {end:,}; {files}"


def _is_partly(entry: "EntryFinding") -> bool:
    """Whether some of a file is known to be good."""
    damaged = sum(stretch.end - stretch.start for stretch in entry.stretches)
    return bool(entry.stretches) and damaged < entry.size


def _entry_line(entry: "EntryFinding") -> str:
    parts = [_stretch_words(stretch) for stretch in entry.stretches[:_MOST_SHOWN]]
    more = ", and more" if len(entry.stretches) > _MOST_SHOWN else ""
    return f"  {shown(entry.path)}: damaged are bytes {', '.join(parts)}{more} of {entry.size:,}"


def _stretch_words(stretch: "Stretch") -> str:
    return f"{stretch.start:,} to {stretch.end - 1:,}"
