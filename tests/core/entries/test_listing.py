"""What a listing answers, compared with plain dictionaries."""

import pytest
from hypothesis import given

from tests.core.entries.trees import PATHS, Model, any_entries, folder_row, listing_of, rows_at
from tests.fuzz.examples import examples
from zpack.entries import NO_FRAME, ROOT, Attributes, Kind, ListingBuilder


@examples(150)
@given(any_entries())
def test_children(entries):
    listing, model = listing_of(entries), Model(entries)
    for path, names in model.inside.items():
        row = folder_row(listing, path)
        found = [listing.name(child) for child in listing.children(row)]
        assert found == sorted(found)
        assert set(found) == names
        assert {listing.path(child).rpartition(b"/")[0] for child in listing.children(row)} <= {
            path
        }


@examples(150)
@given(any_entries(), PATHS)
def test_find(entries, other):
    listing = listing_of(entries)
    for path in {listing.path(row) for row in range(1, len(listing))} | {other}:
        rows = rows_at(listing, path)
        assert listing.find(path) == (rows[-1] if rows else None)
    assert listing.find(b"") == listing.find(b"/") == ROOT


@examples(150)
@given(any_entries())
def test_walk_and_counts(entries):
    listing, model = listing_of(entries), Model(entries)
    for path in model.inside:
        row = folder_row(listing, path)
        walked = list(listing.walk(row))
        assert sorted(p for _, p in walked) == model.below(path)
        assert all(listing.path(r) == p for r, p in walked)
        assert listing.count_below(row) == len(walked)
        assert listing.total_size(row) == model.size(path)
        below = [r for part in listing.subtree(row) for r in part]
        assert sorted(below) == sorted([row, *(r for r, _ in walked)])


@examples(100)
@given(any_entries())
def test_walk_goes_into_a_folder_before_its_neighbours(entries):
    paths = [path for _, path in listing_of(entries).walk()]
    for number, path in enumerate(paths[1:], 1):
        above = path.rpartition(b"/")[0]
        before = paths[number - 1]
        assert not above or above == before or before.startswith(above + b"/")


@examples(150)
@given(any_entries())
def test_superseded_and_links(entries):
    listing = listing_of(entries)
    for row in range(1, len(listing)):
        same = rows_at(listing, listing.path(row))
        assert listing.superseded(row) == (row != same[-1])
        is_link = listing.kind[row] in (Kind.SYMLINK, Kind.HARD_LINK)
        assert (listing.link(row) is not None) == is_link
    assert not listing.superseded(ROOT)


@examples(150)
@given(any_entries())
def test_tar_order(entries):
    listing = listing_of(entries)
    places = [(listing.frame[row], listing.offset[row]) for row in listing.tar_order()]
    assert places == sorted(places)
    kept = [entry for path in Model(entries).at.values() for entry in path if entry is not None]
    assert len(places) == len(kept)
    numbers = [2 * frame + offset // 512 for frame, offset in places]
    assert all(any(entries[number] is entry for entry in kept) for number in numbers)


def test_tar_order_where_frames_are_larger_than_four_gib():
    rows = ListingBuilder()
    places = [(1, 0), (0, (1 << 32) + 512), (1, (1 << 33) + 512), (2, 512), (0, 512)]
    for number, place in enumerate(places):
        rows.place(rows.append(ROOT, b"%d" % number, Attributes(Kind.FILE)), *place)
    order = rows.build().tar_order()
    assert [places[row - 1] for row in order] == sorted(places)


@pytest.mark.parametrize(("seconds", "ns"), [(0, 0), (-1, 999_999_999), (253_402_300_799, 1)])
def test_time_in_nanoseconds(seconds, ns):
    rows = ListingBuilder()
    row = rows.append(ROOT, b"a", Attributes(Kind.FILE, mtime=seconds, mtime_ns=ns))
    assert rows.build().mtime_total_ns(row) == seconds * 10**9 + ns


def test_an_implied_folder_has_no_entry():
    rows = ListingBuilder()
    rows.append(ROOT, b"a", Attributes(Kind.DIRECTORY))
    rows.place(rows.append(ROOT, b"b", Attributes(Kind.DIRECTORY)), 0, 0)
    listing = rows.build()
    assert [listing.has_entry(row) for row in range(3)] == [False, False, True]
    assert listing.frame[1] == NO_FRAME
