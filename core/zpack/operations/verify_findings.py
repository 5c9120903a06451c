"""What a verification has found so far: of the entries, of the frames, and of the whole."""

import os
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from zpack.entries import Kind
from zpack.errors import ArchiveDamaged, EntryDamaged, Explanation
from zpack.jobs import Control, Lane, Outcome, PartState
from zpack.native.archive import Archive
from zpack.operations.damage import MOST_PATHS, Condition, EntryFinding, FrameFinding
from zpack.operations.frame_places import FramePlaces
from zpack.operations.row_outcome import finish_row
from zpack.operations.verify_places import Places, has_place

_PARTS = {PartState.DAMAGED: Condition.DAMAGED, PartState.REPAIRED: Condition.REPAIRED}


class FindingsPart(NamedTuple):
    """What a process found: of rows, of frames, and of the whole."""

    entries: dict[int, tuple[Condition, str]]
    frames: dict[int, str]
    whole: list[Explanation]


class VerifyFindings:
    """Any thread may write, but only one for each row and frame; progress is told at once.
    ``file_rows`` are the archive's entries but folders."""

    def __init__(self, archive: Archive, control: Control) -> None:
        self._archive = archive
        self._listing = archive.listing
        self._control = control
        self._entries: dict[int, tuple[Condition, str]] = {}
        self._frames: dict[int, str] = {}
        self.order = archive.listing.tar_order()
        kinds = archive.listing.kind
        self.file_rows = array("I", (row for row in self.order if kinds[row] != Kind.DIRECTORY))
        self.whole: list[Explanation] = []

    def start(self, size: int, *, proving: bool) -> None:
        """What there is to do is known: ``size`` bytes. ``proving``: files are compared with
        digests."""
        frames, progress = self._archive.frames, self._control.progress
        offset, stored, content = (
            array("Q", column) for column in (frames.offset, frames.csize, frames.dsize)
        )
        progress.start(self._listing, len(self.file_rows), size)
        progress.start_parts(FramePlaces(offset, stored, content, self.order, proving))
        progress.phase = "verifying"

    def begin_part(self) -> None:
        """In a process: what was found before is not its own."""
        self._entries, self._frames, self.whole = {}, {}, []

    def part(self) -> FindingsPart:
        """What this process found."""
        return FindingsPart(self._entries, self._frames, self.whole)

    def add_part(self, part: FindingsPart) -> None:
        """What another process found."""
        self._entries |= part.entries
        self._frames |= part.frames
        self.whole += part.whole

    # Frames

    def frame_is_good(self, frame: int, lane: Lane) -> None:
        """All of it was looked at."""
        self._control.progress.settle_part(lane, frame, PartState.GOOD)

    def frame_is_bad(self, frame: int, what: str, lane: Lane) -> None:
        """It is not as it was written, or what it unpacks to makes no sense."""
        self._frames[frame] = what
        self._control.progress.settle_part(lane, frame, PartState.DAMAGED)

    # Entries

    def entry_is_good(self, row: int, lane: Lane) -> None:
        """Nothing is wrong with it."""
        finish_row(self._control.progress, self._listing, lane, row, Outcome.DONE)

    def entry_is_bad(
        self, row: int, what: str, lane: Lane, condition: Condition = Condition.DAMAGED
    ) -> None:
        """What is told first of a row counts."""
        if self._control.progress.outcomes[row] == Outcome.DAMAGED:
            return
        self._entries[row] = condition, what
        finish_row(self._control.progress, self._listing, lane, row, Outcome.DAMAGED)

    def check_hard_links(self) -> None:
        """When all files are settled: a link is as good as the file that it is a name of."""
        listing = self._listing
        lane = self._control.progress.lane()
        for row in listing.link_row:
            if listing.kind[row] != Kind.HARD_LINK:
                continue
            target = listing.hard_link_target(row)
            if target is None:
                what = "the file that it links to is not in the archive"
                self.entry_is_bad(row, what, lane, Condition.MISSING)
            elif self._control.progress.outcomes[target] == Outcome.DAMAGED:
                self.entry_is_bad(row, "the file that it is another name of is damaged", lane)

    def check_all_were_seen(self) -> None:
        """At the end: what nobody came across is missing."""
        lane = self._control.progress.lane()
        for row in self.order:
            if self._control.progress.outcomes[row] == Outcome.WAITING:
                what = "it was not found in the archive"
                self.entry_is_bad(row, what, lane, Condition.MISSING)

    # The whole

    def note(self, what: str, offset: int | None = None) -> None:
        """Something is wrong that is no entry's affair, at ``offset`` of the archive."""
        self.whole.append(ArchiveDamaged(self._archive.source.path, what, offset).explain())

    # In the end

    @property
    def good(self) -> int:
        """How many of ``file_rows`` nothing is wrong with."""
        outcomes = self._control.progress.outcomes
        return sum(outcomes[row] == Outcome.DONE for row in self.file_rows) if outcomes else 0

    @property
    def good_frames(self) -> int:
        """How many frames were looked at and nothing is wrong with."""
        return self._control.progress.part_states.count(PartState.GOOD)

    @property
    def any_damage(self) -> bool:
        """Whether anything at all is not as it should be."""
        return bool(self._entries or self._frames or self.whole)

    def problems(self) -> Iterator[Explanation]:
        """Each damaged entry, then what concerns the whole."""
        for row in sorted(self._entries):
            yield EntryDamaged(self._path(row), self._entries[row][1]).explain()
        yield from self.whole

    def entries(self) -> tuple[EntryFinding, ...]:
        """All that are not good, in the order of the listing."""
        if not self._entries:
            return ()
        frames = self._frames_of_damaged()
        places = Places(self._archive, sorted(self._frames))
        return tuple(self._entry(row, frames.get(row), places) for row in sorted(self._entries))

    def _frames_of_damaged(self) -> dict[int, range]:
        places, order = Places(self._archive, ()), self.order
        following = {
            row: order[at + 1] if at + 1 < len(order) else None
            for at, row in enumerate(order)
            if row in self._entries and has_place(self._archive, row)
        }
        return {row: places.frames_of(row, after) for row, after in following.items()}

    def _entry(self, row: int, frames: range | None, places: Places) -> EntryFinding:
        condition, what = self._entries[row]
        there = frames is not None and condition is not Condition.MISSING
        stretches = places.stretches(row, frames) if there and frames is not None else ()
        return EntryFinding(self._path(row), condition, self._listing.size[row], what, stretches)

    def frames(self) -> tuple[FrameFinding, ...]:
        """All that are not good, in the archive's order."""
        if not self._frames:
            return ()
        numbers = sorted(self._frames)
        rows = self._rows_in(numbers)
        starts = Places(self._archive, numbers).starts
        return tuple(self._frame(number, starts[number], rows[number]) for number in numbers)

    def _rows_in(self, numbers: list[int]) -> dict[int, list[int]]:
        """For each of the frames the damaged rows in it."""
        found: dict[int, list[int]] = {number: [] for number in numbers}
        for row, frames in sorted(self._frames_of_damaged().items()):
            low, high = bisect_left(numbers, frames.start), bisect_right(numbers, frames[-1])
            for number in numbers[low:high]:
                found[number].append(row)
        return found

    def _frame(self, number: int, start: int, rows: list[int]) -> FrameFinding:
        table = self._archive.frames
        state = PartState(self._control.progress.part_states[number])
        return FrameFinding(
            number,
            _PARTS[state],
            table.offset[number],
            table.csize[number],
            start,
            table.dsize[number],
            len(rows),
            self._frames[number],
            tuple(self._path(row) for row in rows[:MOST_PATHS]),
        )

    def _path(self, row: int) -> str:
        return os.fsdecode(self._listing.path(row))
