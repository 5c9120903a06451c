"""Entries in any order become a listing in tree order."""

import tracemalloc

import pytest
from hypothesis import given

from tests.core.entries.trees import Entry, Model, any_entries, listing_of, rows_at
from tests.fuzz.examples import examples
from zpack.entries import (
    NO_FRAME,
    ROOT,
    Attributes,
    Kind,
    TreeBuilder,
    check_listing,
)

FILE = Attributes(Kind.FILE)


@examples(200)
@given(any_entries())
def test_it_is_in_tree_order(entries):
    listing = listing_of(entries)
    check_listing(listing)  # parents ascend, names are sorted, ends fit
    assert len(listing) == 1 + sum(map(len, Model(entries).at.values()))


@examples(200)
@given(any_entries())
def test_each_entry_has_its_row(entries):
    listing, model = listing_of(entries), Model(entries)
    for path, expected in model.at.items():
        rows = rows_at(listing, path)
        assert len(rows) == len(expected)
        for row, entry in zip(rows, expected, strict=True):
            check_row(listing, row, entry, entries)


def check_row(listing, row: int, entry: Entry | None, entries: list[Entry]) -> None:
    assert listing.has_entry(row) == (entry is not None)
    if entry is None:
        assert listing.attributes(row) == Attributes(Kind.DIRECTORY)
        assert (listing.frame[row], listing.offset[row]) == (NO_FRAME, 0)
        return
    assert listing.attributes(row) == entry.attributes()
    assert listing.link(row) == entry.link
    number = 2 * listing.frame[row] + listing.offset[row] // 512
    assert entries[number] is entry


def test_dots_and_empty_parts_are_dropped():
    tree = TreeBuilder()
    for number, path in enumerate([b"./a", b"b//c", b"./b/./d", b"/e", b"f/."]):
        tree.add(path, FILE, None, 0, number)
    listing = tree.build()
    assert [path for _, path in listing.walk()] == [b"a", b"b", b"b/c", b"b/d", b"e", b"f"]


def test_an_entry_for_the_root():
    tree = TreeBuilder()
    tree.add(b".", Attributes(Kind.DIRECTORY, 0o700, mtime=9), None, 3, 512)
    listing = tree.build()
    assert len(listing) == 1
    assert (listing.mode[ROOT], listing.mtime[ROOT]) == (0o700, 9)
    assert (listing.frame[ROOT], listing.offset[ROOT]) == (3, 512)


def test_two_dots_stay_to_be_seen():
    tree = TreeBuilder()
    tree.add(b"a/../b", FILE, None, 0, 0)
    assert tree.build().find(b"a/../b") is not None


def test_nothing():
    listing = TreeBuilder().build()
    assert len(listing) == 1
    assert list(listing.walk()) == []
    check_listing(listing)


@pytest.mark.parametrize("folders", [1, 200])
def test_it_takes_200_bytes_an_entry(folders):
    """All the way to the listing, of which no more than one folder is objects at a time."""
    count, like = 20_000, Attributes(Kind.FILE)
    tracemalloc.start()
    try:
        tree = TreeBuilder()
        for number in range(count):
            path = b"folder-%04d/IMG_%07d.jpg" % (number % folders, number)
            tree.add(path, like, None, number % 7, number)
        expected = tree.memory
        listing = tree.build()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(listing) == 1 + folders + count
    assert peak < 200 * count
    assert peak < expected
