"""Paths that an edit names."""

import pytest

from zpack.entries import Attributes, Kind, TreeBuilder, TreeEdit, build_edited_tree
from zpack.errors import BadName, MemberMissing, NoFolder
from zpack.operations.edit_paths import entry_path, make_folders, new_folder, rows_of

FILE = Attributes(Kind.FILE)


@pytest.fixture
def edit() -> TreeEdit:
    tree = TreeBuilder()
    for offset, path in enumerate((b"a/b", b"c", b"c")):
        tree.add(path, FILE, None, 0, offset * 512)
    return TreeEdit(tree.build())


def test_paths_are_made_plain() -> None:
    assert entry_path("a//b/./c/") == b"a/b/c"
    assert entry_path("\udcff") == b"\xff"


@pytest.mark.parametrize("bad", ["", "/", ".", "./", "..", "a/../b", "/a", "a\0", "x" * 256])
def test_paths_that_must_not_be(bad: str) -> None:
    with pytest.raises(BadName):
        entry_path(bad)


def test_every_version_of_a_member(edit: TreeEdit) -> None:
    assert [edit.listing.path(row) for row in rows_of(edit, "c")] == [b"c", b"c"]
    for missing in ("", ".", "b", "c/d"):
        with pytest.raises(MemberMissing):
            rows_of(edit, missing)


def test_folders_on_the_way(edit: TreeEdit) -> None:
    made = new_folder(latest=7)
    assert made.mtime == 7
    make_folders(edit, b"a/x/y", made)
    rows = build_edited_tree(edit).rows
    assert [rows.path(row) for row in range(1, len(rows))] == [
        b"a",
        b"c",
        b"c",
        b"a/b",
        b"a/x",
        b"a/x/y",
    ]
    with pytest.raises(NoFolder):
        make_folders(edit, b"c/d", made)
