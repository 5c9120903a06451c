"""Copying parts of files."""

import errno
import os
from pathlib import Path

import pytest

from zpack.filesystem import free_bytes, shares_blocks
from zpack.filesystem.copying import PIECE, copy_pieces

CONTENT = os.urandom(2 * PIECE + 777)


@pytest.fixture
def files(tmp_path: Path):
    source = tmp_path / "source"
    source.write_bytes(CONTENT)
    one = os.open(source, os.O_RDONLY)
    other = os.open(tmp_path / "target", os.O_WRONLY | os.O_CREAT)
    yield one, other
    os.close(one)
    os.close(other)


@pytest.mark.parametrize(
    ("offset", "length"),
    [(0, len(CONTENT)), (0, 0), (1, 1), (PIECE - 1, 2), (777, 2 * PIECE), (PIECE, PIECE)],
)
@pytest.mark.parametrize("by_hand", [False, True])
def test_the_part_and_nothing_else(files, tmp_path, monkeypatch, offset, length, by_hand):
    if by_hand:
        monkeypatch.delattr(os, "copy_file_range")
    pieces = list(copy_pieces(*files, offset, length))
    assert sum(pieces) == length
    assert all(0 < piece <= PIECE for piece in pieces)
    assert (tmp_path / "target").read_bytes() == CONTENT[offset : offset + length]


def test_a_source_that_ends_too_soon(files):
    with pytest.raises(OSError, match=r".") as caught:
        list(copy_pieces(*files, len(CONTENT) - 5, 6))
    assert caught.value.errno == errno.EIO


def test_other_failures_are_told(files, monkeypatch):
    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "copy_file_range", fail)
    with pytest.raises(OSError, match="full"):
        list(copy_pieces(*files, 0, 5))


def test_room(tmp_path):
    assert free_bytes(str(tmp_path)) > 0
    assert free_bytes(str(tmp_path / "gone")) is None
    assert shares_blocks(str(tmp_path)) in (True, False)
    assert not shares_blocks(str(tmp_path / "gone"))
