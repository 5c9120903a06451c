"""What a source was when it was read, in eight bytes."""

import os
import stat
from array import array

import xxhash

_CHANGED = 0


class SeenSources:
    """Tells for each row of a scan whether a file is still the one that was put in."""

    def __init__(self) -> None:
        self._marks = array("Q", [_CHANGED])  # the root

    def append(self, found: os.stat_result) -> None:
        """The next row, as it was found."""
        self._marks.append(_mark(found))

    def read(self, row: int, found: os.stat_result) -> None:
        """The row's file, as it was once it was read to its end."""
        self._marks[row] = _mark(found)

    def forget(self, row: int) -> None:
        """The row is not in the archive, or not as it was."""
        self._marks[row] = _CHANGED

    def same(self, row: int, found: os.stat_result) -> bool:
        """Whether what is there now is what was put in."""
        return self._marks[row] == _mark(found)


def _mark(found: os.stat_result) -> int:
    """Of a folder which it is, of anything else also its size and time."""
    marks: tuple[int, ...] = stat.S_IFMT(found.st_mode), found.st_dev, found.st_ino
    if not stat.S_ISDIR(found.st_mode):
        marks += found.st_size, found.st_mtime_ns
    return xxhash.xxh3_64_intdigest(repr(marks)) or 1
