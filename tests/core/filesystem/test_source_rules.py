"""Following links, forgetting owners, and a latest time."""

import os
from pathlib import Path

import pytest

from zpack.entries import NOBODY, Kind
from zpack.filesystem import ScannedTree, SourceRules, scan_sources


def scan(*roots: Path, **rules: object) -> ScannedTree:
    names = tuple(map(str, roots))
    return scan_sources(names, lambda: None, lambda rows, size: None, SourceRules(**rules))  # type: ignore[arg-type]


def kinds(tree: ScannedTree) -> dict[bytes, Kind]:
    return {tree.rows.path(row): Kind(tree.rows.kind[row]) for row in range(1, len(tree.rows))}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere" / "deep").mkdir(parents=True)
    (tmp_path / "elsewhere" / "deep" / "file").write_text("content")
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "folder").symlink_to("../elsewhere")
    (tmp_path / "r" / "file").symlink_to("../elsewhere/deep/file")
    return tmp_path / "r"


def test_what_links_lead_to_is_stored_in_their_place(root: Path) -> None:
    tree = scan(root, follow=True)
    assert kinds(tree) == {
        b"r": Kind.DIRECTORY,
        b"r/file": Kind.FILE,
        b"r/folder": Kind.DIRECTORY,
        b"r/folder/deep": Kind.DIRECTORY,
        b"r/folder/deep/file": Kind.FILE,
    }
    assert tree.problems == []


def test_a_source_that_is_a_link(root: Path) -> None:
    assert b"folder/deep/file" in kinds(scan(root / "folder", follow=True))
    assert kinds(scan(root / "folder")) == {b"folder": Kind.SYMLINK}


def test_loops_end_and_are_told(root: Path) -> None:
    (root.parent / "elsewhere" / "back").symlink_to("../r")
    (root / "self").symlink_to(".")
    (root / "other").symlink_to("../elsewhere/deep")  # twice, but no loop
    tree = scan(root, follow=True)
    assert sorted((problem.code, problem.path) for problem in tree.problems) == [
        ("link-loop", str(root / "folder" / "back")),
        ("link-loop", str(root / "self")),
    ]
    assert b"r/other/file" in kinds(tree)


def test_broken_links_are_told(root: Path) -> None:
    (root / "broken").symlink_to("nowhere")
    (root / "round").symlink_to("round")
    tree = scan(root, follow=True)
    assert [problem.code for problem in tree.problems] == ["link-broken"] * 2
    assert "it does not exist" in tree.problems[0].details


def test_links_that_multiply_without_a_loop(tmp_path: Path) -> None:
    for number in range(40):
        folder = tmp_path / "r" / str(number)
        folder.mkdir(parents=True)
        for name in "ab":
            (folder / name).symlink_to(f"../{number + 1}")
    (tmp_path / "r" / "40").mkdir()
    tree = scan(tmp_path / "r", follow=True)
    assert len(tree.rows) < 50_000
    assert {problem.code for problem in tree.problems} == {"link-loop"}


def test_nobody_and_the_latest_time(root: Path) -> None:
    os.utime(root.parent / "elsewhere" / "deep" / "file", ns=(5, 5))
    rows = scan(root, follow=True, owners=False, latest=1_000).rows
    assert {rows.attributes(row).owner for row in range(1, len(rows))} == {NOBODY}
    times = {rows.path(row): (rows.mtime[row], rows.mtime_ns[row]) for row in range(1, len(rows))}
    assert times[b"r"] == (1_000, 0)
    assert times[b"r/file"] == (0, 5)
