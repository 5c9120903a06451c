"""Paths by folder are the same as paths one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from zpack.entries import Attributes, Kind, ListingBuilder, Paths
from zpack.entries import paths as module

NAMES = st.lists(st.tuples(st.integers(0, 30), st.binary(min_size=1, max_size=4)), max_size=40)


@given(NAMES, st.integers(1, 3))
@settings(max_examples=60)
def test_the_same_as_one_by_one(names, most):
    rows = ListingBuilder()
    for above, name in names:
        rows.append(above % len(rows), name, Attributes(Kind.DIRECTORY))
    before, module._MOST_FOLDERS = module._MOST_FOLDERS, most
    try:
        paths = Paths(rows)
        for row in [*range(len(rows)), *reversed(range(len(rows)))]:
            assert paths.path(row) == rows.path(row)
            assert len(paths._folders) <= most
    finally:
        module._MOST_FOLDERS = before
    listing = Paths(rows.build())
    assert [listing.path(row) for row in range(len(rows))] == [*map(rows.path, range(len(rows)))]


def test_no_path_is_made_twice_for_a_folder():
    rows = ListingBuilder()
    folder = rows.append(0, b"f", Attributes(Kind.DIRECTORY))
    for number in range(100):
        rows.append(folder, b"%d" % number, Attributes(Kind.FILE))
    asked = []

    class Counting:
        parent = rows.parent

        def name(self, row):
            return rows.name(row)

        def path(self, row):
            asked.append(row)
            return rows.path(row)

    paths = Paths(Counting())
    assert [paths.path(row) for row in range(2, 102)] == [b"f/%d" % n for n in range(100)]
    assert asked == [folder]
