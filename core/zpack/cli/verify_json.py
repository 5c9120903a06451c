"""What ``zpack verify --json`` answers: what is not good, or on request everything; in pieces."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from zpack.cli.json_output import record_object, report_object, text
from zpack.cli.verify_lines import STATE_WORDS
from zpack.jobs import Outcome, PartState

if TYPE_CHECKING:
    from zpack.entries import Listing
    from zpack.jobs import Progress
    from zpack.operations.reports import VerifyReport

_LISTS = ("entries", "differences")


def pieces(
    report: "VerifyReport", progress: "Progress", *, every: bool, frames: bool
) -> Iterator[bytes]:
    """One JSON object. ``every``: all entries are in it, not only those that are not good;
    ``frames``: all frames, too."""
    from zpack.entries import Listing

    value = report_object(report, leave_out=_LISTS)
    lists: dict[str, Iterable[dict[str, Any]]] = {"entries": map(record_object, report.entries)}
    if every and isinstance(progress.items, Listing):
        lists["entries"] = _all_entries(report, progress.items, progress)
    if report.folder:
        from zpack.cli.compare_command import difference_object

        lists["differences"] = map(difference_object, report.differences)
    if frames:
        lists["all_frames"] = _all_frames(progress)
    last = {name: value.pop(name) for name in ("exit_code",)}
    yield json.dumps(value)[:-1].encode("ascii")
    for name, items in lists.items():
        yield from _list(name, items)
    yield b", " + json.dumps(last)[1:].encode("ascii") + b"\n"


def _list(name: str, items: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield f", {json.dumps(name)}: [".encode("ascii")
    separator = "\n"
    for item in items:
        yield (separator + json.dumps(item)).encode("ascii")
        separator = ",\n"
    yield b"\n]"


def _all_entries(
    report: "VerifyReport", listing: "Listing", progress: "Progress"
) -> Iterator[dict[str, Any]]:
    """In the listing's order, in which the findings are, too."""
    bad = iter(report.entries)
    for row, outcome in enumerate(progress.outcomes):
        if outcome == Outcome.DAMAGED:
            yield record_object(next(bad))
        elif outcome == Outcome.DONE:
            path = text("path", listing.path(row))
            yield {**path, "condition": "good", "size": listing.size[row]}


def _all_frames(progress: "Progress") -> Iterator[dict[str, Any]]:
    from zpack.operations.frame_places import FramePlaces

    places = progress.parts
    if not isinstance(places, FramePlaces):
        return
    for number, state in enumerate(progress.part_states):
        yield {
            "frame": number,
            "condition": STATE_WORDS[PartState(state)],
            "offset": places.offset[number],
            "size": places.size[number],
            "content_size": places.content[number],
        }
