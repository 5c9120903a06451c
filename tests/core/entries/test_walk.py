"""Stretches of siblings: together they are the walk, row by row."""

from hypothesis import given, settings
from hypothesis import strategies as st

from zpack.entries import Attributes, Kind, Listing, TreeBuilder, walk

PATHS = st.lists(
    st.tuples(st.lists(st.sampled_from([b"a", b"b", b"cc", b"d.x"]), min_size=1), st.booleans()),
    max_size=40,
)


def listing_of(paths) -> Listing:
    tree = TreeBuilder()
    for parts, folder in paths:
        kind = Kind.DIRECTORY if folder else Kind.FILE
        tree.add(b"/".join(parts), Attributes(kind), None, 0, 0)
    return tree.build()


def one_by_one(listing: Listing, row: int = 0):
    for child in listing.children(row):
        yield child
        if listing.kind[child] == Kind.DIRECTORY:
            yield from one_by_one(listing, child)


@given(PATHS, st.integers(1, 3))
@settings(max_examples=150)
def test_they_are_the_walk(paths, longest):
    listing = listing_of(paths)
    before, walk._LONGEST = walk._LONGEST, longest
    try:
        stretches = list(listing.stretches())
    finally:
        walk._LONGEST = before
    assert [row for each in stretches for row in each.rows] == list(one_by_one(listing))
    for rows, prefix, names, folder in stretches:
        assert 1 <= len(rows) == len(names) <= longest
        assert [prefix + name for name in names] == [listing.path(row) for row in rows]
        folders = [listing.kind[row] == Kind.DIRECTORY for row in rows]
        assert folders == [False] * (len(rows) - 1) + [folder]


def test_siblings_come_together():
    paths = [([b"%04d" % number], False) for number in range(2500)]
    lengths = [len(each.rows) for each in listing_of(paths).stretches()]
    assert lengths == [250] * 10
