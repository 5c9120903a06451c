"""Rows that go, move and come, against a plain dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries.trees import PATHS, Entry, any_entries, listing_of
from tests.fuzz.examples import examples
from zpack.entries import (
    NO_ROW,
    Attributes,
    Clash,
    EditedTree,
    Kind,
    Listing,
    ListingBuilder,
    TreeEdit,
    build_edited_tree,
    check_listing,
)

FOLDER = Attributes(Kind.DIRECTORY, 0o700)


def placed(tree: EditedTree) -> Listing:
    """As a listing of an archive that has all of it."""
    for row, implied in enumerate(tree.implied):
        if not implied:
            tree.rows.place(row, 0, row)
    return tree.rows.build()


def contents(tree: EditedTree) -> list[tuple[bytes, int]]:
    """What has an entry: its path, and the row that it was."""
    rows = tree.rows
    return sorted(
        (rows.path(row), tree.old[row]) for row in range(len(rows)) if not tree.implied[row]
    )


def entries_of(listing: Listing) -> dict[int, bytes]:
    rows = range(1, len(listing))
    return {row: listing.path(row) for row in rows if listing.has_entry(row)}


@examples(150)
@given(any_entries())
def test_nothing_changed(entries: list[Entry]):
    listing = listing_of(entries)
    tree = build_edited_tree(TreeEdit(listing))
    check_listing(placed(tree))
    assert contents(tree) == sorted((path, row) for row, path in entries_of(listing).items())
    assert all(tree.unmoved[row] for row in range(len(tree.rows)))
    for row, old in enumerate(tree.old):
        assert tree.rows.attributes(row) == listing.attributes(old)
        assert tree.rows.links.get(row) == listing.link(old)


@examples(150)
@given(any_entries(), st.data())
def test_what_goes(entries: list[Entry], data):
    listing = listing_of(entries)
    edit = TreeEdit(listing)
    gone = data.draw(st.lists(st.integers(1, max(1, len(listing) - 1)), max_size=3))
    expected = entries_of(listing)
    for row in gone:
        if row < len(listing):
            edit.drop(row)
            for part in listing.subtree(row):
                for each in part:
                    expected.pop(each, None)
    tree = build_edited_tree(edit)
    check_listing(placed(tree))
    assert contents(tree) == sorted((path, row) for row, path in expected.items())


@examples(150)
@given(any_entries(), st.data())
def test_what_moves(entries: list[Entry], data):
    listing = listing_of(entries)
    if len(listing) == 1:
        return
    row = data.draw(st.integers(1, len(listing) - 1))
    old, new = listing.path(row), b"new/" + data.draw(PATHS)
    if listing.find_all(b"new"):
        return
    edit = TreeEdit(listing)
    edit.move(row, new)
    tree = build_edited_tree(edit)
    check_listing(placed(tree))
    below = {each for part in listing.subtree(row) for each in part}
    expected = {
        each: new + path[len(old) :] if each in below else path
        for each, path in entries_of(listing).items()
    }
    assert contents(tree) == sorted((path, each) for each, path in expected.items())
    assert {tree.old[r] for r in range(len(tree.rows)) if not tree.unmoved[r]} - {NO_ROW} == below


def two_files() -> ListingBuilder:
    coming = ListingBuilder()
    folder = coming.append(0, b"f", FOLDER)
    coming.append(0, b"x", Attributes(Kind.FILE, 0o600, 3))
    coming.append(folder, b"y", Attributes(Kind.FILE, 0o600, 4))
    return coming


def listing_with(*paths: bytes) -> Listing:
    return listing_of(
        [
            Entry(path.rstrip(b"/"), kind, 0, 0, (0, 0, b"", b""), None)
            for path in paths
            for kind in (Kind.DIRECTORY if path.endswith(b"/") else Kind.FILE,)
        ]
    )


def test_what_comes_is_merged():
    edit = TreeEdit(listing_with(b"a/f/", b"a/f/z"))
    edit.put(two_files(), b"a")
    tree = build_edited_tree(edit)
    rows = tree.rows
    assert [rows.path(row) for row in range(1, len(rows))] == [
        b"a",
        b"a/f",
        b"a/x",
        b"a/f/y",
        b"a/f/z",
    ]
    assert (tree.clashes, tree.replaced) == ([], [])
    assert rows.mode[2] == 0o640  # the folder keeps its own


def test_clashes():
    edit = TreeEdit(listing_with(b"f", b"x/", b"g"))
    edit.put(two_files(), b"")
    assert build_edited_tree(edit).clashes == [(b"f", Clash.IS_NO_FOLDER), (b"x", Clash.IS_FOLDER)]
    edit = TreeEdit(listing_with(b"f/y", b"x", b"x"))
    edit.put(two_files(), b"")
    assert build_edited_tree(edit).clashes == [(b"x", Clash.TAKEN), (b"f/y", Clash.TAKEN)]


def test_replaced_with_all_earlier_versions():
    listing = listing_with(b"f/", b"x", b"x")
    edit = TreeEdit(listing, replace=True)
    edit.put(two_files(), b"")
    tree = build_edited_tree(edit)
    assert [listing.path(old) for old, _ in tree.replaced] == [b"x", b"x"]
    assert [tree.rows.path(row) for row in range(1, len(tree.rows))] == [b"f", b"x", b"f/y"]
    assert tree.rows.mode[1] == 0o700


@examples(100)
@given(any_entries())
def test_superseded_rows_are_found_in_one_pass(entries: list[Entry]):
    listing = listing_of(entries)
    expected = [row for row in range(len(listing)) if listing.superseded(row)]
    assert list(listing.all_superseded()) == expected
