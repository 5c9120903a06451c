"""A folder's files and folders, added a column at a time."""

import os
from pathlib import Path

import pytest

from tests.core.filesystem.test_scan import make, scan
from tests.core.sockets import make_socket
from zpack.entries import Attributes, Kind
from zpack.filesystem import ScannedTree, SourceRules, scan_sources
from zpack.filesystem import scan as scan_module

FAR = (1 << 62) - 1  # no file is later: nothing changes, but entries are added one at a time


def scan_each(root: Path) -> ScannedTree:
    rules = SourceRules(latest=FAR)
    return scan_sources((str(root),), lambda: None, lambda rows, size: None, rules)


def all_of(tree: ScannedTree) -> list[object]:
    rows = tree.rows
    each = [(rows.parent[row], rows.name(row), rows.attributes(row)) for row in range(len(rows))]
    places = [*rows.frame, *rows.offset]
    problems = [(problem.code, problem.path) for problem in tree.problems]
    return [each, places, rows.links, tree.shared, problems]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make(
        tmp_path / "r", "plain/a", "plain/b", "plain/sub/c", "mixed/file", "mixed/z", "\xff"
    )
    make(root, "plain/empty/x").joinpath("plain/empty/x").unlink()
    os.chmod(root / "plain/a", 0o4751)
    os.chmod(root / "plain/sub", 0o1700)
    os.utime(root / "plain/a", ns=(0, -1_500_000_000))
    os.utime(root / "plain/b", ns=(0, 1_234_567_890_123_456_789))
    os.link(root / "plain/a", root / "plain/sub/again")
    os.symlink("file", root / "mixed/link")
    make_socket(root / "mixed/socket")
    return root


def test_the_rows_are_those_of_an_entry_at_a_time(root):
    assert all_of(scan(root)) == all_of(scan_each(root))


def test_extended_attributes_of_folders(root):
    os.setxattr(root / "plain/sub", "user.a", b"1")
    tree = scan(root)
    assert [tree.rows.path(row) for row in tree.rows.extras] == [b"r/plain/sub"]
    assert all_of(tree) == all_of(scan_each(root))


@pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator gives files away")
def test_owners_that_differ_in_one_folder(root):
    os.chown(root / "plain/a", 12, 34)
    os.chown(root / "plain/sub", 12, 0)
    tree = scan(root)
    assert {(owner.uid, owner.gid) for owner in tree.rows.owners} >= {(12, 34), (12, 0), (0, 0)}
    assert all_of(tree) == all_of(scan_each(root))


def test_a_folder_of_files_makes_no_object_an_entry(tmp_path, monkeypatch):
    made: list[object] = []
    usual = scan_module.source_attributes

    def counted(kind: Kind, found: os.stat_result) -> Attributes:
        made.append(kind)
        return usual(kind, found)

    monkeypatch.setattr(scan_module, "source_attributes", counted)
    tree = scan(make(tmp_path / "r", *map(str, range(50))))
    assert len(tree.rows) == 52
    assert made == [Kind.DIRECTORY]  # the source itself
