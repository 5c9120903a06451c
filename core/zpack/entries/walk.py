"""Goes through a listing of millions in stretches of siblings: several times as quick as row by
row."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from zpack.entries.kinds import Kind

if TYPE_CHECKING:
    from zpack.entries.listing import Listing

_LONGEST = 250
_FOLDER = bytes([Kind.DIRECTORY])


class Stretch(NamedTuple):
    """Siblings, one after the other: their rows, names, and what comes before each name in its
    path. Only the last may be a folder; ``folder`` tells whether it is."""

    rows: range
    prefix: bytes
    names: list[bytes]
    folder: bool


def walk_stretches(listing: "Listing", row: int, most_depth: int) -> Iterator[Stretch]:
    """Everything below a folder, each folder followed by its contents. Raises as ``children``."""
    prefix = listing.path(row)
    stack = [(listing.children(row), prefix + b"/" if prefix else b"")]
    while stack:
        rows, prefix = stack.pop()
        while rows:
            stretch, rows = _next(listing, rows, prefix)
            yield stretch
            if stretch.folder and len(stack) <= most_depth:
                stack.append((rows, prefix))
                last = stretch.rows[-1]
                rows, prefix = listing.children(last), prefix + stretch.names[-1] + b"/"


def _next(listing: "Listing", rows: range, prefix: bytes) -> tuple[Stretch, range]:
    """The first stretch of some siblings, and those that follow it."""
    part = rows[:_LONGEST]
    kinds = memoryview(listing.kind)[part.start : part.stop].tobytes()
    at = kinds.find(_FOLDER)
    if at >= 0:
        part = part[: at + 1]
    return Stretch(part, prefix, names_of(listing, part), at >= 0), rows[len(part) :]


def names_of(listing: "Listing", rows: range) -> list[bytes]:
    """The names of neighbours; the root is not among them."""
    ends = memoryview(listing.name_end)[rows.start - 1 : rows.stop].tolist()
    names = listing.names
    return [names[start:end] for start, end in pairwise(ends)]
