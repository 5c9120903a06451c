"""Growing columns."""

import pytest

from zpack.entries import NO_FRAME, NOBODY, ROOT, Attributes, Kind, ListingBuilder, Owner

ANN = Owner(1000, 100, b"ann", b"users")
FILE = Attributes(Kind.FILE, 0o600, 5, -7, 8, ANN)
FOLDER = Attributes(Kind.DIRECTORY)


def three_levels() -> ListingBuilder:
    """a (folder), b (link), a/c (file), a/d (folder), a/d/e (file)."""
    rows = ListingBuilder()
    a = rows.append(ROOT, b"a", FOLDER)
    b = rows.append(ROOT, b"b", Attributes(Kind.SYMLINK))
    rows.links[b] = b"a/c"
    c = rows.append(a, b"c", FILE)
    rows.place(c, 4, 512)
    d = rows.append(a, b"d", FOLDER)
    rows.append(d, b"e", FILE)
    return rows


def test_it_begins_with_the_root():
    rows = ListingBuilder()
    assert len(rows) == 1
    assert (rows.path(ROOT), rows.name(ROOT)) == (b"", b"")
    assert rows.attributes(ROOT) == Attributes(Kind.DIRECTORY, 0o755, 0, 0, 0, NOBODY)
    assert rows.frame[ROOT] == NO_FRAME


def test_rows_are_as_they_were_put_in():
    rows = three_levels()
    assert [rows.path(row) for row in range(6)] == [b"", b"a", b"b", b"a/c", b"a/d", b"a/d/e"]
    assert rows.attributes(3) == FILE
    assert (rows.frame[3], rows.offset[3]) == (4, 512)


def test_attributes_can_be_changed():
    rows = three_levels()
    other = Attributes(Kind.FILE, 0o777, 1 << 40, 1 << 40, 999_999_999, Owner(7, 8, b"", b"g"))
    rows.set_attributes(5, other)
    assert rows.attributes(5) == other
    assert rows.attributes(3) == FILE


def test_owners_are_kept_once():
    rows = three_levels()
    assert rows.owners == [NOBODY, ANN]
    assert rows.owner_number(ANN) == rows.owner_number(Owner(1000, 100, b"ann", b"users"))


def test_the_listing_says_the_same():
    rows = three_levels()
    listing = rows.build()
    for row in range(len(rows)):
        assert listing.path(row) == rows.path(row)
        assert listing.attributes(row) == rows.attributes(row)
        assert listing.link(row) == rows.links.get(row)


@pytest.mark.parametrize(
    ("dropped", "paths"),
    [
        (set(), [b"", b"a", b"b", b"a/c", b"a/d", b"a/d/e"]),
        ({3}, [b"", b"a", b"b", b"a/d", b"a/d/e"]),
        ({4, 5}, [b"", b"a", b"b", b"a/c"]),
        ({1, 3, 4, 5}, [b"", b"b"]),
        ({1, 2, 3, 4, 5}, [b""]),
    ],
)
def test_without_some_rows(dropped, paths):
    rows = three_levels()
    copy, kept = rows.without(dropped)
    assert [copy.path(row) for row in range(len(copy))] == paths
    assert [rows.path(row) for row in kept] == paths
    for row, before in enumerate(kept):
        assert copy.attributes(row) == rows.attributes(before)
        assert copy.links.get(row) == rows.links.get(before)
        assert (copy.frame[row], copy.offset[row]) == (rows.frame[before], rows.offset[before])


def test_sizes_and_times_at_the_edges():
    rows = ListingBuilder()
    edge = Attributes(Kind.FILE, 0o7777, (1 << 64) - 1, -(1 << 63), 999_999_999, ANN)
    row = rows.append(ROOT, b"edge", edge)
    assert rows.build().attributes(row) == edge
