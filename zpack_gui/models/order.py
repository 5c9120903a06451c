"""In which order a folder's rows are shown, by any column."""

import re
from array import array
from collections.abc import Callable, Sequence
from enum import IntEnum
from itertools import compress
from operator import not_

from zpack.entries import Kind, Listing
from zpack.jobs import Outcome
from zpack_gui.models.file_types import type_key
from zpack_gui.models.hostile import HOSTILE
from zpack_gui.models.polite import Check, Key, sort_rows

_DIGITS = re.compile(r"[0-9]+")


class Column(IntEnum):
    """Of the browser."""

    NAME = 0
    SIZE = 1
    TYPE = 2
    MODIFIED = 3
    STATE = 4


def nothing_to_check() -> None:
    """For sorts that cannot be cancelled."""


def ordered_rows(
    listing: Listing,
    rows: range,
    by: Column,
    states: bytes | bytearray,
    check: Check = nothing_to_check,
) -> "array[int]":
    """Ascending, folders first. ``states`` has a byte a row, or is empty. Slow for many rows."""
    folders, others = _apart(listing, rows)
    key = _key(listing, by, states)
    try:
        return sort_rows(folders, key, check) + sort_rows(others, key, check)
    except HOSTILE:
        return array("I", rows)


def reversed_rows(order: "array[int]", folders: int) -> "array[int]":
    """Descending: ``folders`` stay first."""
    return order[:folders][::-1] + order[folders:][::-1]


def count_folders(listing: Listing, rows: range) -> int:
    """How many of the rows are folders."""
    return bytes(memoryview(listing.kind)[rows.start : rows.stop]).count(Kind.DIRECTORY)


def unsorted_rows(listing: Listing, rows: range) -> Sequence[int]:
    """Folders first, else as the listing has them (by name, bytewise): at once, for any number."""
    folders, others = _apart(listing, rows)
    if not folders or not others:
        return rows
    return array("I", folders) + array("I", others)


def _apart(listing: Listing, rows: range) -> tuple[Sequence[int], Sequence[int]]:
    kinds = bytes(memoryview(listing.kind)[rows.start : rows.stop])
    count = kinds.count(Kind.DIRECTORY)
    if count == 0:
        return (), rows
    if count == len(rows):
        return rows, ()
    marks = kinds.translate(_IS_FOLDER)
    return array("I", compress(rows, marks)), array("I", compress(rows, map(not_, marks)))


_IS_FOLDER = bytes(int(code == Kind.DIRECTORY) for code in range(256))


def _key(listing: Listing, by: Column, states: bytes | bytearray) -> Callable[[int], Key]:
    # Keys are single numbers and texts: a million small lists or tuples would cost memory, and
    # time in the garbage collector, during which nothing else runs.
    if by == Column.SIZE:
        return lambda row: (
            listing.total_size(row) if listing.kind[row] == Kind.DIRECTORY else listing.size[row]
        )
    if by == Column.MODIFIED:
        return listing.mtime_total_ns
    if by == Column.STATE and states:
        return lambda row: -worst_state(listing, states, row)
    if by == Column.TYPE:
        return lambda row: f"{type_key(listing, row)}\0{name_key(listing.name(row))}"
    return lambda row: name_key(listing.name(row))


def worst_state(listing: Listing, states: bytes | bytearray, row: int) -> int:
    """The outcome of a row; a folder is as good as the worst in it."""
    if listing.kind[row] != Kind.DIRECTORY:
        return states[row]
    parts = listing.subtree(row)
    if any(states.find(Outcome.DAMAGED, part.start, part.stop) >= 0 for part in parts):
        return Outcome.DAMAGED
    return Outcome.DONE


def damaged_rows(listing: Listing, rows: range, states: bytes | bytearray) -> set[int]:
    """Those that are damaged, or have damage inside. Quick where few are folders."""
    folders, _ = _apart(listing, rows)
    found = {row for row in folders if worst_state(listing, states, row) == Outcome.DAMAGED}
    row = states.find(Outcome.DAMAGED, rows.start, rows.stop)
    while row >= 0:
        found.add(row)
        row = states.find(Outcome.DAMAGED, row + 1, rows.stop)
    return found


def name_key(name: bytes) -> str:
    """As people sort: without regard to case, ``photo 2`` before ``photo 10``."""
    text = name.decode("utf-8", "replace").casefold()
    return _DIGITS.sub(_numbered, text)


def _numbered(found: re.Match[str]) -> str:
    """A number that sorts as one: its length first, as a character before all letters."""
    digits = found[0].lstrip("0")
    return chr(min(len(digits), 31)) + digits
