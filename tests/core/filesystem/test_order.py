"""In what order entries follow."""

import os

from tests.core.filesystem.test_scan import make, scan
from zpack.filesystem import ArchiveOrder, ScannedTree, archive_order


def named(tree: ScannedTree, rows) -> list[bytes]:
    return [tree.rows.path(row) for row in rows]


def ordered(root, *, by_type: bool) -> tuple[ScannedTree, ArchiveOrder]:
    tree = scan(root)
    return tree, archive_order(tree, by_type=by_type)


NAMES = ("b/2.txt", "b/1.c", "a.txt", "z", "sub/z", "b/a.txt", ".hidden", "x.tar.gz", "y.gz")


def test_by_type_then_folder_by_folder(tmp_path):
    tree, order = ordered(make(tmp_path / "r", *NAMES), by_type=True)
    assert named(tree, order.files) == [
        b"r/.hidden",
        b"r/z",
        b"r/sub/z",
        b"r/b/1.c",
        b"r/x.tar.gz",
        b"r/y.gz",
        b"r/a.txt",
        b"r/b/2.txt",
        b"r/b/a.txt",
    ]


def test_names_that_are_common_bring_their_files_together(tmp_path):
    names = [f"{folder}/{name}" for folder in "abc" for name in ("tar.mo", f"{folder}.mo", "ls.mo")]
    tree, order = ordered(make(tmp_path / "r", *names, "a/two.mo", "b/two.mo"), by_type=True)
    found = [path.removeprefix(b"r/").decode() for path in named(tree, order.files)]
    assert found == [
        *("a/a.mo", "a/two.mo", "b/b.mo", "b/two.mo", "c/c.mo"),
        *("a/ls.mo", "b/ls.mo", "c/ls.mo"),
        *("a/tar.mo", "b/tar.mo", "c/tar.mo"),
    ]


def test_folder_by_folder(tmp_path):
    tree, order = ordered(make(tmp_path / "r", *NAMES), by_type=False)
    found = named(tree, order.files)
    assert sorted(found) == sorted(b"r/" + name.encode() for name in NAMES)
    assert [path.rpartition(b"/")[0] for path in found] == [b"r"] * 5 + [b"r/b"] * 3 + [b"r/sub"]


def test_folders_come_deepest_first(tmp_path):
    tree, order = ordered(make(tmp_path / "r", "a/b/c/x", "d/e/y", "f/z"), by_type=True)
    found = named(tree, order.folders)
    assert set(found) == {b"r", b"r/a", b"r/a/b", b"r/a/b/c", b"r/d", b"r/d/e", b"r/f"}
    for number, folder in enumerate(found):
        assert not any(later.startswith(folder + b"/") for later in found[number:])


def test_the_first_name_in_order_carries_the_data(tmp_path):
    root = make(tmp_path / "r", "m.txt", "n.txt")
    os.link(root / "m.txt", root / "a.zip")
    os.link(root / "m.txt", root / "b.c")
    tree, order = ordered(root, by_type=True)
    assert named(tree, order.files) == [b"r/b.c", b"r/n.txt"]
    assert named(tree, order.hard_links) == [b"r/a.zip", b"r/m.txt"]
    assert {tree.rows.path(r): tree.rows.path(c) for r, c in order.carriers.items()} == {
        b"r/a.zip": b"r/b.c",
        b"r/m.txt": b"r/b.c",
    }
    tree, order = ordered(root, by_type=False)
    assert named(tree, order.files) == [b"r/a.zip", b"r/n.txt"]


def test_a_name_outside_of_the_sources_is_no_link(tmp_path):
    root = make(tmp_path / "r", "a")
    os.link(root / "a", tmp_path / "outside")
    _, order = ordered(root, by_type=True)
    assert (len(order.files), len(order.hard_links), order.carriers) == (1, 0, {})


def test_links_have_their_own_place(tmp_path):
    root = make(tmp_path / "r", "a")
    os.symlink("a", root / "link")
    tree, order = ordered(root, by_type=True)
    assert (named(tree, order.files), named(tree, order.symlinks)) == ([b"r/a"], [b"r/link"])


def test_nothing(tmp_path):
    (tmp_path / "r").mkdir()
    tree, order = ordered(tmp_path / "r", by_type=True)
    assert named(tree, order.folders) == [b"r"]
    assert [*order.files, *order.hard_links, *order.symlinks] == []
