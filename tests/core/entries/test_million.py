"""A million rows: what they take, and that no question makes an object for each."""

import tracemalloc
from array import array

import pytest

from zpack.entries import ROOT, Kind, Listing, Owner

FOLDERS, ROWS = 1000, 1_000_000
COLUMNS = ("parent", "name_end", "kind", "mode", "size", "mtime", "mtime_ns", "owner")
COLUMNS += ("frame", "offset")


@pytest.fixture(scope="module")
def listing() -> Listing:
    """A thousand folders with a thousand rows each, but for the root and the folders."""
    inside = ROWS - FOLDERS - 1
    parents = array("I", [0]) * (FOLDERS + 1)
    parents.extend(1 + number * FOLDERS // inside for number in range(inside))
    names = b"".join(b"%07d" % number for number in range(1, ROWS))
    zeros = memoryview(bytes(8 * ROWS))
    return Listing(
        parent=memoryview(parents),
        name_end=memoryview(array("I", range(0, 7 * ROWS, 7))),
        names=names,
        kind=memoryview(bytes([Kind.DIRECTORY]) * (FOLDERS + 1) + bytes(inside)),
        mode=zeros[: 2 * ROWS].cast("H"),
        size=memoryview(array("Q", [3]) * ROWS),
        mtime=zeros.cast("q"),
        mtime_ns=zeros[: 4 * ROWS].cast("I"),
        owner=zeros[: 2 * ROWS].cast("H"),
        owners=(Owner(0, 0, b"", b""),),
        frame=zeros[: 4 * ROWS].cast("I"),
        offset=zeros[: 4 * ROWS].cast("I"),
        link_row=array("I"),
        link_end=array("I"),
        links=b"",
    )


def test_bytes_of_a_row(listing):
    taken = sum(memoryview(getattr(listing, name)).nbytes for name in COLUMNS)
    assert taken / ROWS < 100
    assert len(listing) == ROWS


def grown_by(question) -> int:
    """The most memory that was taken on the way to an answer."""
    tracemalloc.start()
    try:
        question()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


QUESTIONS = {
    "children": lambda listing: listing.children(500),
    "children of the root": lambda listing: listing.children(ROOT),
    "subtree": lambda listing: listing.subtree(ROOT),
    "count": lambda listing: listing.count_below(ROOT),
    "find": lambda listing: listing.find(b"0000500/0500000"),
    "path": lambda listing: listing.path(ROWS - 1),
    "superseded": lambda listing: listing.superseded(5),
    "attributes": lambda listing: listing.attributes(ROWS - 1),
    "size of a folder": lambda listing: listing.total_size(500),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_questions_make_nothing_for_each_row(listing, name):
    assert grown_by(lambda: QUESTIONS[name](listing)) < 1 << 16


def test_total_size_makes_nothing_for_each_row(listing):
    assert grown_by(lambda: listing.total_size(ROOT)) < 1 << 16
    assert listing.total_size(ROOT) == 3 * ROWS


def test_a_walk_keeps_only_where_it_is(listing):
    def first_rows() -> None:
        for _ in zip(range(5000), listing.walk(), strict=False):
            pass

    assert grown_by(first_rows) < 1 << 16


def test_the_answers_are_right(listing):
    row = listing.find(b"0000500/0500000")
    assert row == 500_000
    assert listing.path(row) == b"0000500/0500000"
    assert len(listing.children(ROOT)) == FOLDERS
    assert listing.count_below(ROOT) == ROWS - 1
