"""Columns that contradict each other: each thing that ``check_listing`` must see."""

from array import array

import pytest

from zpack.entries import (
    NO_FRAME,
    ROOT,
    Attributes,
    Kind,
    ListingBuilder,
    ListingError,
    check_listing,
)

# Rows: 1 a (folder), 2 b (file), 3 c (link), 4 a/d (file), 5 a/e (folder)
A, B, C, D, E = range(1, 6)


def good() -> ListingBuilder:
    rows = ListingBuilder()
    rows.append(ROOT, b"a", Attributes(Kind.DIRECTORY))
    rows.place(rows.append(ROOT, b"b", Attributes(Kind.FILE, size=5)), 0, 0)
    rows.place(rows.append(ROOT, b"c", Attributes(Kind.SYMLINK)), 0, 1024)
    rows.links[C] = b"b"
    rows.place(rows.append(A, b"d", Attributes(Kind.FILE)), 0, 2048)
    rows.append(A, b"e", Attributes(Kind.DIRECTORY))
    return rows


def put(column: str, row: int, value: int):
    def change(rows: ListingBuilder) -> None:
        getattr(rows, column)[row] = value

    return change


def rename(row: int, name: bytes):
    def change(rows: ListingBuilder) -> None:
        start, end = rows.name_end[row - 1], rows.name_end[row]
        rows.names[start:end] = name
        for later in range(row, len(rows)):
            rows.name_end[later] += len(name) - (end - start)

    return change


HOSTILE = {
    "root with another parent": put("parent", ROOT, 1),
    "root that is a file": put("kind", ROOT, Kind.FILE),
    "root with a name": rename(ROOT, b"x"),
    "its own parent": put("parent", E, E),
    "parent after the row": put("parent", D, E),
    "parent that is not there": put("parent", E, 99),
    "parents out of order": put("parent", B, A),
    "parent that is a file": put("kind", A, Kind.FILE),
    "end before its beginning": put("name_end", B, 0),
    "end beyond the names": put("name_end", E, 99),
    "names that nobody has": put("name_end", E, 4),
    "names out of order": rename(A, b"c"),
    "slash in a name": rename(D, b"d/x"),
    "NUL in a name": rename(D, b"d\0"),
    "no name": rename(B, b""),
    "unknown kind": put("kind", B, 7),
    "unknown owner": put("owner", B, 1),
    "nanoseconds of a second": put("mtime_ns", B, 1_000_000_000),
    "mode with more than permissions": put("mode", B, 0o10000),
    "folder with a size": put("size", A, 1),
    "link with a size": put("size", C, 1),
    "file without an entry": put("frame", B, NO_FRAME),
    "link without an entry": put("frame", C, NO_FRAME),
    "implied folder with a mode": put("mode", E, 0o777),
    "implied folder with a time": put("mtime", E, 1),
    "implied folder with nanoseconds": put("mtime_ns", E, 1),
    "implied folder with a place": put("offset", E, 512),
    "implied root with a mode": put("mode", ROOT, 0o777),
}


def test_a_good_one_passes():
    check_listing(good().build())
    check_listing(ListingBuilder().build())


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_refused(name):
    rows = good()
    HOSTILE[name](rows)
    with pytest.raises(ListingError):
        check_listing(rows.build())


@pytest.mark.parametrize(
    ("link_row", "link_end", "links"),
    [
        ([C, A], [1, 1], b"b"),
        ([C, C], [1, 1], b"b"),
        ([C], [2], b"b"),
        ([C], [0], b"b"),
        ([A, C], [1, 0], b""),
        ([], [], b"b"),
        ([99], [1], b"b"),
        ([B], [1], b"b"),
        ([], [], b""),
    ],
    ids=[
        "out of order",
        "a row twice",
        "end beyond the targets",
        "target that nobody has",
        "end before its beginning",
        "targets without rows",
        "row that is not there",
        "target of a file",
        "link without a target",
    ],
)
def test_links_that_are_refused(link_row, link_end, links):
    listing = good().build()
    listing.link_row = array("I", link_row)
    listing.link_end = array("Q", link_end)
    listing.links = links
    with pytest.raises(ListingError):
        check_listing(listing)


def test_duplicates_are_no_fault():
    rows = ListingBuilder()
    for number in range(3):
        rows.place(rows.append(ROOT, b"same", Attributes(Kind.FILE)), 0, 512 * number)
    check_listing(rows.build())
