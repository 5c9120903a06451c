"""Writes a file that has holes."""

import os

from zpack.entries import Holes
from zpack.filesystem.patience import Patience, write_all

_ZEROS = bytes(1 << 20)


class SparseOutput:
    """Writes to an open, empty file, from its start on, and leaves out what lies in ``holes`` and
    is zero. What is not zero there is written all the same. Raises ``OSError``."""

    def __init__(self, fd: int, holes: Holes, patience: Patience) -> None:
        self._fd = fd
        self._patience = patience
        self._holes = zip(holes.starts, holes.sizes, strict=True)
        self._start = self._end = 0  # the hole that is here, or comes next
        self._at = 0

    def write(self, offset: int, piece: "memoryview[int]") -> None:
        """Write ``piece`` (at most 1 MiB), which comes after all that was written before."""
        self._at = offset
        while piece:
            self._find_hole()
            in_hole = self._start <= self._at < self._end
            edge = self._end if in_hole else max(self._start, self._at)
            part = piece[: edge - self._at] if edge > self._at else piece
            if not in_hole or bytes(part) != _ZEROS[: len(part)]:
                os.lseek(self._fd, self._at, os.SEEK_SET)
                write_all(self._fd, part, self._patience)
            self._at += len(part)
            piece = piece[len(part) :]

    def _find_hole(self) -> None:
        while self._end <= self._at:
            hole = next(self._holes, None)
            if hole is None:
                return
            self._start, self._end = hole[0], sum(hole)

    def finish(self, size: int) -> None:
        """Give the file its size, which may end in a hole."""
        os.ftruncate(self._fd, size)
