"""What accessors do with columns from a hostile index: raise, after bounded work."""

from array import array
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from zpack.entries import (
    ROOT,
    Attributes,
    Kind,
    Listing,
    ListingBuilder,
    ListingError,
    check_listing,
)

RAISED = (ListingError, IndexError)


def flat(count: int) -> ListingBuilder:
    """The root and folders directly in it."""
    rows = ListingBuilder()
    for number in range(1, count):
        rows.append(ROOT, b"%06d" % number, Attributes(Kind.DIRECTORY))
    return rows


def limited(walk: Iterator, most: int) -> int:
    """How many steps a walk has; more than there are rows is a loop."""
    count = 0
    for _ in walk:
        count += 1
        assert count <= most, "more rows than there are"
    return count


def ask_everything(listing: Listing) -> None:
    size = len(listing)
    for row in range(size):
        for question in (
            listing.path,
            listing.name,
            listing.children,
            listing.subtree,
            listing.total_size,
            listing.count_below,
            listing.superseded,
            listing.link,
            listing.attributes,
        ):
            try:
                question(row)
            except RAISED:
                continue
    for path in (b"a", b"000001", b"a/a/a/a", b"/".join([b"000001"] * 50)):
        try:
            listing.find(path)
        except RAISED:
            continue
    try:
        limited(listing.walk(), size)
    except RAISED:
        return


VALUES = st.one_of(st.integers(0, 12), st.integers(0, 0xFFFFFFFF))


@examples(250)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["parent", "name_end", "kind", "owner", "size"]),
            st.integers(0, 11),
            VALUES,
        ),
        max_size=8,
    ),
    st.lists(VALUES, max_size=4),
    st.lists(VALUES, max_size=4),
)
def test_any_columns(changes, link_row, link_end):
    rows = flat(12)
    for column, row, value in changes:
        getattr(rows, column)[row] = value % 256 if column == "kind" else value
    listing = rows.build()
    listing.link_row, listing.link_end = array("I", link_row), array("I", link_end)
    ask_everything(listing)


@examples(150)
@given(st.lists(st.integers(0, 40), min_size=40, max_size=40))
def test_any_parents(parents):
    rows = flat(41)
    for row, parent in enumerate(parents, 1):
        rows.parent[row] = parent
    ask_everything(rows.build())


@pytest.mark.parametrize("row", [1, 5, 30])
def test_a_row_that_is_its_own_folder(row):
    rows = flat(64)
    rows.parent[row] = row
    listing = rows.build()
    with pytest.raises(ListingError):
        listing.path(row)
    ask_everything(listing)


def test_two_rows_that_are_in_each_other():
    rows = flat(64)
    rows.parent[20], rows.parent[40] = 40, 20
    listing = rows.build()
    for row in (20, 40):
        with pytest.raises(ListingError):
            listing.path(row)


def test_a_walk_visits_no_row_twice():
    # Parents out of order, laid so that the search for any folder's contents finds rows 3 to 63:
    # walked to the end, that would be more steps than there are atoms.
    rows = flat(64)
    for place in (3, 4, 8, 16, 32):
        rows.parent[place] = 63
    try:
        limited(rows.build().walk(), 64)
    except RAISED:
        return


def test_names_that_overlap_take_bounded_memory():
    # Each row's name would be the whole blob: a path of 4,000 of them, 128 MiB.
    rows = ListingBuilder()
    row = ROOT
    for _ in range(4000):
        row = rows.append(row, b"", Attributes(Kind.DIRECTORY))
    rows.names += bytes(1 << 16)
    for number in range(1, len(rows)):
        rows.name_end[number] = (1 << 16) * (number % 2)
    with pytest.raises(RAISED):
        rows.build().path(row)


def test_too_deep():
    rows = ListingBuilder()
    row = ROOT
    for _ in range(5000):
        row = rows.append(row, b"d", Attributes(Kind.DIRECTORY))
    listing = rows.build()
    assert listing.path(4096) == b"/".join([b"d"] * 4096)
    with pytest.raises(ListingError):
        listing.path(row)
    assert limited(listing.walk(), 5000) >= 4096
    assert len(listing.subtree(ROOT)) >= 4096


def test_links_to_rows_that_are_not_there():
    rows = flat(4)
    rows.links[1] = b"target"
    listing = rows.build()
    listing.link_row = array("I", [1, 1 << 31])
    listing.link_end = array("I", [6])
    with pytest.raises(RAISED):
        listing.link(1 << 31)
    with pytest.raises(ListingError):
        check_listing(listing)
