"""Volumes that are missing or have the wrong size are read as what is left of them."""

import os
from pathlib import Path

import pytest

from zpack.errors import SourceMissing
from zpack.filesystem import open_damaged_source, volume_name

WHOLE = bytes(range(250)) * 4


def write(folder: Path) -> str:
    base = str(folder / "a.tar.zst")
    for number in range(5):
        Path(volume_name(base, number + 1)).write_bytes(WHOLE[number * 220 : number * 220 + 220])
    return base


def read(path: str) -> bytes:
    with open_damaged_source(path) as source:
        data = source.pread(10_000, 0)
        assert len(data) == source.size
        assert source.pread(300, 150) == data[150:450]
        assert source.pread(10, source.size) == b""
        return data


def test_whole(tmp_path: Path) -> None:
    base = write(tmp_path)
    assert read(volume_name(base, 3)) == WHOLE
    assert read(volume_name(base, 1)) == WHOLE


@pytest.mark.parametrize("gone", [1, 2, 4])
def test_one_is_missing(tmp_path: Path, gone: int) -> None:
    base = write(tmp_path)
    os.unlink(volume_name(base, gone))
    expected = bytearray(WHOLE)
    expected[220 * (gone - 1) : 220 * gone] = bytes(220)
    assert read(volume_name(base, 3)) == bytes(expected)


def test_the_last_is_missing(tmp_path: Path) -> None:
    base = write(tmp_path)
    os.unlink(volume_name(base, 5))
    assert read(volume_name(base, 1)) == WHOLE[:880]


def test_one_is_cut_off(tmp_path: Path) -> None:
    base = write(tmp_path)
    os.truncate(volume_name(base, 2), 100)
    assert read(volume_name(base, 1)) == WHOLE[:320] + bytes(120) + WHOLE[440:]


def test_a_file_that_is_only_called_like_one(tmp_path: Path) -> None:
    (tmp_path / "x.007").write_bytes(b"alone")
    assert read(str(tmp_path / "x.007")) == b"alone"
    with pytest.raises(SourceMissing):
        read(str(tmp_path / "y.007"))
