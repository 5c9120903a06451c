"""Folders of sources, opened part by part and never through a link."""

import os
from pathlib import Path

import pytest

from zpack.filesystem import ScannedTree, SourceFolders, scan_sources


def scan(*roots: str) -> ScannedTree:
    return scan_sources(roots, lambda: None, lambda rows, size: None)


def row_of(tree: ScannedTree, path: bytes) -> int:
    return next(row for row in range(1, len(tree.rows)) if tree.rows.path(row) == path)


def test_finds_each_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(100):
        folder = tmp_path / "r" / str(number) / "in"
        folder.mkdir(parents=True)
        (folder / "file").write_text(str(number))
    monkeypatch.chdir(tmp_path / "r" / "7")
    for source in (str(tmp_path / "r"), f"{tmp_path}/r/", "..", "../../r", "../5/.."):
        tree = scan(source)
        folders = SourceFolders(tree.rows, tree.sources)
        before = len(os.listdir("/proc/self/fd"))
        for row in range(1, len(tree.rows)):
            folder, name = folders.place(row)
            there = os.stat(name, dir_fd=folder, follow_symlinks=False)
            assert os.path.samestat(there, os.lstat(tree.source_path(row)))
            assert os.path.samestat(there, os.lstat(folders.path(row)))
            assert len(os.listdir("/proc/self/fd")) < before + 70
        folders.close()
        assert len(os.listdir("/proc/self/fd")) == before


def test_a_folder_that_became_a_link_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "r" / "a").mkdir(parents=True)
    (tmp_path / "r" / "a" / "file").touch()
    tree = scan(str(tmp_path / "r"))
    os.rename(tmp_path / "r" / "a", tmp_path / "moved")
    os.symlink(tmp_path / "moved", tmp_path / "r" / "a")
    folders = SourceFolders(tree.rows, tree.sources)
    with pytest.raises(NotADirectoryError):
        folders.place(row_of(tree, b"r/a/file"))
    folders.close()


def test_very_deep(tmp_path: Path) -> None:
    depth = 900
    tree = scan_deep(tmp_path, depth)
    folders = SourceFolders(tree.rows, tree.sources)
    folder, name = folders.place(len(tree.rows) - 1)
    assert os.stat(name, dir_fd=folder).st_size == 4
    folders.close()


def scan_deep(tmp_path: Path, depth: int) -> ScannedTree:
    deepest = tmp_path.joinpath("r", *["d"] * depth)
    deepest.mkdir(parents=True)
    (deepest / "file").write_text("deep")
    return scan(str(tmp_path / "r"))
