"""Whether a source is still what was read."""

import os
from pathlib import Path

import pytest

from zpack.filesystem import SeenSources


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("before")
    os.utime(tmp_path / "file", ns=(5, 5))
    return tmp_path / "file"


def rewrite(path: Path) -> None:
    path.write_text("after!")


def replace(path: Path) -> None:
    path.unlink()
    path.with_name("other").write_text("before")
    path.write_text("before")
    os.utime(path, ns=(5, 5))


def link(path: Path) -> None:
    path.unlink()
    path.symlink_to("before")


@pytest.mark.parametrize("change", [rewrite, replace, link])
def test_a_change_shows(file: Path, change) -> None:
    held = os.open(file, os.O_RDONLY)  # so that its inode is not given out again
    seen = SeenSources()
    seen.append(file.lstat())
    assert seen.same(1, file.lstat())
    change(file)
    assert not seen.same(1, file.lstat())
    os.close(held)


def test_what_is_forgotten_is_never_the_same(file: Path) -> None:
    seen = SeenSources()
    seen.append(file.lstat())
    seen.forget(1)
    assert not seen.same(1, file.lstat())
    seen.read(1, file.lstat())
    assert seen.same(1, file.lstat())


def test_of_a_folder_only_which_it_is(tmp_path: Path) -> None:
    seen = SeenSources()
    seen.append(tmp_path.lstat())
    (tmp_path / "new").touch()
    assert seen.same(1, tmp_path.lstat())
