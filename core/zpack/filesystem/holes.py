"""Finds the holes of a sparse file."""

import errno
import os
from array import array
from collections.abc import Callable

from zpack.entries import Holes
from zpack.tar import MAX_PACKED, PACKED_FROM

_GRAIN = 4096
_BLOCK = 512
_MOST_HOLES = 1 << 16
_ROUND = 256  # holes looked at before checking for a cancel


def find_holes(fd: int, found: os.stat_result, check: Callable[[], None]) -> Holes | None:
    """The holes of an open file, or None if it has none, or the disk cannot tell.

    Of very many the small ones are left out: those are stored as zeros. ``check`` is called now
    and then and may raise. The file is read from its start afterwards. Raises ``OSError`` for a
    file too large for its holes to be left out, which nobody would wait for otherwise.
    """
    size = found.st_size
    if found.st_blocks * _BLOCK >= size:
        return None
    try:
        starts, sizes = _walk(fd, size, check)
        os.lseek(fd, 0, os.SEEK_SET)
    except OSError:  # a disk that cannot tell
        os.lseek(fd, 0, os.SEEK_SET)
        return None
    if not starts:
        return None
    packed = sum(sizes) >= PACKED_FROM
    if packed and size > MAX_PACKED:
        raise OSError(None, "it has more than 17 trillion bytes, most of them in holes")
    return Holes(starts, sizes, packed)


def _walk(fd: int, size: int, check: Callable[[], None]) -> "tuple[array[int], array[int]]":
    starts, sizes = array("Q"), array("Q")
    at, smallest, steps = 0, _GRAIN, 0
    while at < size:
        steps += 1
        if not steps % _ROUND:
            check()
        data = _next_data(fd, at, size)
        start = -(-at // _GRAIN) * _GRAIN
        end = size if data == size else data // _GRAIN * _GRAIN
        if end - start >= smallest or (end == size and end > start):
            starts.append(start)
            sizes.append(end - start)
        if len(starts) > _MOST_HOLES:
            smallest *= 4
            starts, sizes = _only_large(starts, sizes, smallest)
        at = min(size, os.lseek(fd, data, os.SEEK_HOLE)) if data < size else size
        if at < data:
            break  # a disk that contradicts itself
    return starts, sizes


def _next_data(fd: int, at: int, size: int) -> int:
    try:
        return min(size, os.lseek(fd, at, os.SEEK_DATA))
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        return size


def _only_large(
    starts: "array[int]", sizes: "array[int]", smallest: int
) -> "tuple[array[int], array[int]]":
    kept = [number for number, size in enumerate(sizes) if size >= smallest]
    return array("Q", (starts[n] for n in kept)), array("Q", (sizes[n] for n in kept))
