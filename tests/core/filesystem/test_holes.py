"""Where a sparse file has its holes."""

import os
from pathlib import Path

import pytest

from zpack.entries import Holes
from zpack.filesystem import find_holes, holes
from zpack.jobs import Cancelled


def nothing() -> None:
    pass


def make(path: Path, size: int, *data: tuple[int, int]) -> Path:
    with open(path, "wb") as file:
        for offset, length in data:
            file.seek(offset)
            file.write(b"x" * length)
        file.truncate(size)
    if path.stat().st_blocks * 512 >= size:
        pytest.skip("no holes here")
    return path


def found(path: Path) -> Holes | None:
    fd = os.open(path, os.O_RDONLY)
    try:
        holes = find_holes(fd, os.fstat(fd), nothing)
        assert os.lseek(fd, 0, os.SEEK_CUR) == 0
        return holes
    finally:
        os.close(fd)


def pairs(holes: Holes | None) -> list[tuple[int, int]]:
    assert holes is not None
    return list(zip(holes.starts, holes.sizes, strict=True))


def test_holes(tmp_path):
    path = make(tmp_path / "f", (3 << 20) + 5, (1 << 20, 5000))
    assert pairs(found(path)) == [(0, 1 << 20), ((1 << 20) + 8192, (2 << 20) + 5 - 8192)]
    assert not found(path).packed


def test_all_hole(tmp_path):
    assert pairs(found(make(tmp_path / "f", 12345))) == [(0, 12345)]


def test_a_file_without_holes_is_not_searched(tmp_path, monkeypatch):
    path = tmp_path / "f"
    path.write_bytes(b"x" * 10_000)
    os.sync()
    monkeypatch.delattr(os, "lseek")
    fd = os.open(path, os.O_RDONLY)
    assert find_holes(fd, os.fstat(fd), nothing) is None
    os.close(fd)


@pytest.mark.parametrize(("size", "packed"), [((1 << 30) + 4095, False), ((1 << 30) + 8192, True)])
def test_large_holes_are_left_out_of_the_tar(tmp_path, size, packed):
    holes = found(make(tmp_path / "f", size, (8192, 4096)))
    assert holes is not None
    assert holes.packed is packed


def test_of_very_many_the_large_ones_count(tmp_path, monkeypatch):
    monkeypatch.setattr(holes, "_MOST_HOLES", 8)
    data = [(number << 16, 4096) for number in range(20)]
    path = make(tmp_path / "f", 4 << 20, *data, (2 << 20, 1))
    kept = found(path)
    assert len(kept.starts) <= 9
    assert kept.fit(4 << 20)
    assert pairs(kept)[-1] == ((2 << 20) + 4096, (2 << 20) - 4096)


def test_the_search_can_be_cancelled(tmp_path):
    def cancel() -> None:
        raise Cancelled

    path = make(tmp_path / "f", 300 << 14, *((number << 14, 1) for number in range(300)))
    fd = os.open(path, os.O_RDONLY)
    with pytest.raises(Cancelled):
        find_holes(fd, os.fstat(fd), cancel)
    os.close(fd)


def test_a_disk_that_cannot_tell(tmp_path, monkeypatch):
    path = make(tmp_path / "f", 1 << 20)
    real = os.lseek

    def refuse(fd: int, offset: int, how: int) -> int:
        if how != os.SEEK_SET:
            raise OSError(22, "not known")
        return real(fd, offset, how)

    monkeypatch.setattr(os, "lseek", refuse)
    fd = os.open(path, os.O_RDONLY)
    assert find_holes(fd, os.fstat(fd), nothing) is None
    os.close(fd)


def test_what_nobody_would_wait_for(tmp_path):
    path = tmp_path / "f"
    path.touch()
    try:
        os.truncate(path, (1 << 44) + 1)
    except OSError:
        pytest.skip("this disk has no such files")
    with pytest.raises(OSError, match="trillion"):
        found(path)
