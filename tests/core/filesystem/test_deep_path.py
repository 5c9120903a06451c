"""Paths longer than the system takes at once."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from zpack.filesystem.deep_path import open_deep, short_way

NAME = b"n" * 100


def make_deep(root: Path, levels: int, leaf: bytes = b"leaf") -> bytes:
    """A file below folders of 100 letters; its path."""
    fd = os.open(root, os.O_RDONLY)
    path = os.fsencode(root)
    for _ in range(levels):
        os.mkdir(NAME, dir_fd=fd)
        below = os.open(NAME, os.O_RDONLY, dir_fd=fd)
        os.close(fd)
        fd = below
        path += b"/" + NAME
    os.close(os.open(leaf, os.O_WRONLY | os.O_CREAT, 0o600, dir_fd=fd))
    os.close(fd)
    return path + b"/" + leaf


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    shutil.rmtree(tmp_path)  # pytest's own way of removing it goes by path


@pytest.mark.parametrize("levels", [1, 39, 40, 41, 120])
def test_files_at_any_depth(root, levels):
    path = make_deep(root, levels)
    descriptors = len(os.listdir("/proc/self/fd"))
    fd = open_deep(path, os.O_RDONLY)
    assert os.fstat(fd).st_size == 0
    os.close(fd)
    with short_way(os.path.dirname(path)) as place:
        assert os.listdir(place) == [b"leaf"]
        assert len(place) + 255 < 4096
    assert len(os.listdir("/proc/self/fd")) == descriptors


@pytest.mark.parametrize("end", [b"/missing", b"/missing/leaf", b"/" + b"x" * 300])
def test_what_is_not_there(root, end):
    path = os.path.dirname(make_deep(root, 60)) + end
    descriptors = len(os.listdir("/proc/self/fd"))
    with pytest.raises(OSError, match=r"."):
        open_deep(path, os.O_RDONLY)
    assert len(os.listdir("/proc/self/fd")) == descriptors


def test_a_name_that_no_disk_has(root):
    with pytest.raises(OSError, match=r"."):
        open_deep(os.fsencode(root) + b"/" + b"x" * 9000 + b"/y", os.O_RDONLY)
