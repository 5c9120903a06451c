"""Scanning sources into rows."""

import os
import shutil
from pathlib import Path

import pytest

from tests.core.filesystem.ordinary_user import ordinary_user
from tests.core.filesystem.test_deep_path import NAME, make_deep
from tests.core.sockets import make_socket
from zpack.entries import Device, Kind, check_listing
from zpack.filesystem import ScannedTree, open_deep, scan_sources
from zpack.filesystem import scan as scan_module
from zpack.jobs import Cancelled

TIME_NS = 1_234_567_890_123_456_789


def scan(*sources: Path | str) -> ScannedTree:
    return scan_sources(tuple(map(str, sources)), lambda: None, lambda rows, size: None)


def paths(tree: ScannedTree) -> list[bytes]:
    return [tree.rows.path(row) for row in range(1, len(tree.rows))]


def make(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return root


def test_tree_order(tmp_path):
    root = make(tmp_path / "r", "b/y", "b/x/deep", "a", "c/z", "B", "a.b", "ä")
    tree = scan(root)
    assert paths(tree) == [
        b"r",
        *[b"r/" + name for name in (b"B", b"a", b"a.b", b"b", b"c", "ä".encode())],
        b"r/b/x",
        b"r/b/y",
        b"r/c/z",
        b"r/b/x/deep",
    ]
    for row in range(1, len(tree.rows)):
        tree.rows.place(row, 0, 0)
    check_listing(tree.rows.build())


def test_attributes(tmp_path):
    root = make(tmp_path, "file")
    os.chmod(root / "file", 0o4751)
    os.utime(root / "file", ns=(0, TIME_NS))
    attributes = scan(root / "file").rows.attributes(1)
    assert (attributes.kind, attributes.mode, attributes.size) == (Kind.FILE, 0o4751, 4)
    assert (attributes.mtime, attributes.mtime_ns) == divmod(TIME_NS, 10**9)
    found = (root / "file").stat()
    assert (attributes.owner.uid, attributes.owner.gid) == (found.st_uid, found.st_gid)
    assert attributes.owner.user == (root / "file").owner().encode()


def test_times_before_1970(tmp_path):
    os.utime(make(tmp_path, "old") / "old", ns=(0, -1_500_000_000))
    attributes = scan(tmp_path / "old").rows.attributes(1)
    assert (attributes.mtime, attributes.mtime_ns) == (-2, 500_000_000)


def test_links_are_not_followed(tmp_path):
    make(tmp_path / "outside", "secret")
    root = make(tmp_path / "r", "file")
    os.symlink(tmp_path / "outside", root / "folder")
    os.symlink("file", root / "to file")
    os.symlink(b"\xff nowhere", os.fsencode(root) + b"/dangling")
    os.symlink(".", root / "loop")
    tree = scan(root)
    names = [b"dangling", b"file", b"folder", b"loop", b"to file"]
    assert paths(tree) == [b"r", *(b"r/" + name for name in names)]
    assert [tree.rows.links.get(row) for row in range(2, 7)] == [
        b"\xff nowhere",
        None,
        os.fsencode(tmp_path / "outside"),
        b".",
        b"file",
    ]
    assert not tree.problems


def test_a_source_that_is_a_link_stays_one(tmp_path):
    os.symlink(make(tmp_path, "folder/x") / "folder", tmp_path / "link")
    tree = scan(tmp_path / "link")
    assert (paths(tree), tree.rows.kind[1]) == ([b"link"], Kind.SYMLINK)


def test_names_of_one_file_are_grouped(tmp_path):
    root = make(tmp_path / "r", "a", "b", "c")
    os.link(root / "a", root / "a2")
    os.link(root / "a", tmp_path / "elsewhere")
    os.link(root / "b", root / "b2")
    tree = scan(root, tmp_path / "elsewhere")
    groups = sorted(sorted(map(tree.rows.path, rows)) for rows in tree.shared.values())
    assert groups == [[b"elsewhere", b"r/a", b"r/a2"], [b"r/b", b"r/b2"]]


def test_what_is_left_out_is_reported(tmp_path):
    root = make(tmp_path / "r", "file")
    make_socket(root / "socket")
    tree = scan(root)
    assert paths(tree) == [b"r", b"r/file"]
    assert [(problem.code, problem.path) for problem in tree.problems] == [
        ("left-out", str(root / "socket"))
    ]


def test_nodes(tmp_path):
    root = make(tmp_path / "r", "file")
    os.mkfifo(root / "pipe")
    tree = scan(root, "/dev/null")
    kinds = {tree.rows.path(row): tree.rows.kind[row] for row in range(1, len(tree.rows))}
    assert kinds[b"r/pipe"] == Kind.FIFO
    assert kinds[b"null"] == Kind.CHARACTER_DEVICE
    row = next(row for row in range(1, len(tree.rows)) if tree.rows.path(row) == b"null")
    assert tree.rows.attributes(row).device == Device(1, 3)
    assert tree.problems == []


def test_a_tree_deeper_than_the_system_takes_at_once(tmp_path):
    root = tmp_path / "r"
    root.mkdir()
    try:
        leaf = make_deep(root, 60, b"leaf")
        fd = open_deep(os.path.dirname(leaf), os.O_RDONLY)
        os.symlink("target", "link", dir_fd=fd)
        os.mkfifo("pipe", dir_fd=fd)
        os.setxattr(fd, "user.a", b"deep")
        os.close(fd)
        tree = scan(root)
    finally:
        shutil.rmtree(root)
    assert tree.problems == []
    found = paths(tree)
    inside = b"r/" + b"/".join([NAME] * 60)
    assert found[-4:] == [inside, inside + b"/leaf", inside + b"/link", inside + b"/pipe"]
    rows = len(tree.rows)
    assert tree.rows.links[rows - 2] == b"target"
    assert b"deep" in tree.rows.attributes(rows - 4).extras
    assert tree.source_path(rows - 3) == leaf


def test_a_tree_deeper_than_an_archive_takes(tmp_path, monkeypatch):
    monkeypatch.setattr(scan_module, "_LONGEST_PATH", 5000)
    root = tmp_path / "r"
    root.mkdir()
    try:
        make_deep(root, 60)
        tree = scan(root)
    finally:
        shutil.rmtree(root)
    assert [problem.code for problem in tree.problems] == ["folder-unreadable"]
    assert "too long for an archive" in tree.problems[0].details
    assert max(map(len, paths(tree))) <= 5101


def test_a_folder_that_cannot_be_read(public):
    root = make(public / "r", "a", "closed/x", "z/y")
    (root / "closed").chmod(0)
    with ordinary_user():
        tree = scan(root)
    assert paths(tree) == [b"r", b"r/a", b"r/closed", b"r/z", b"r/z/y"]
    assert [(p.code, p.path) for p in tree.problems] == [
        ("folder-unreadable", str(root / "closed"))
    ]
    (root / "closed").chmod(0o700)


def test_a_folder_that_cannot_be_entered(public):
    root = make(public / "r", "half/x")
    (root / "half").chmod(0o444)
    with ordinary_user():
        tree = scan(root)
    assert [(p.code, p.path) for p in tree.problems] == [("unreadable", str(root / "half" / "x"))]
    (root / "half").chmod(0o700)


def test_a_source_that_is_gone(tmp_path):
    tree = scan(tmp_path / "gone")
    assert [(p.code, p.path) for p in tree.problems] == [("unreadable", str(tmp_path / "gone"))]


def test_names_that_are_no_text(tmp_path):
    root = os.fsencode(make(tmp_path / "r", "file"))
    for name in (b"\xff", b"\n", b" ", b"-rf", b"a\\b"):
        with open(root + b"/" + name, "wb"):
            pass
    tree = scan(os.fsdecode(root))
    assert paths(tree)[1:] == [
        b"r/" + name for name in sorted([b"\xff", b"\n", b" ", b"-rf", b"a\\b", b"file"])
    ]
    assert all(os.path.lexists(tree.source_path(row)) for row in range(1, len(tree.rows)))


@pytest.mark.parametrize("spelling", ["{}", "{}/", "{}/.", "{}/../r/.", "{}/../r//"])
def test_a_source_in_other_words(tmp_path, spelling):
    root = make(tmp_path / "r", "file")
    tree = scan(spelling.format(root))
    assert paths(tree) == [b"r", b"r/file"]
    assert Path(os.fsdecode(tree.source_path(2))).read_bytes() == b"file"


def test_it_can_be_stopped(tmp_path):
    def check() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        scan_sources((str(make(tmp_path, "a")),), check, lambda rows, size: None)


def test_it_counts(tmp_path):
    seen = []
    make(tmp_path / "r", "aa", "b/ccc")
    scan_sources((str(tmp_path / "r"),), lambda: None, lambda *counts: seen.append(counts))
    assert seen[-1] == (5, 7)
    assert seen == sorted(seen)
