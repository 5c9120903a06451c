"""The content of an archive to be, of which stretches can be read anywhere."""

import os
import time
from array import array
from bisect import bisect_right
from collections.abc import Callable

import xxhash

from zpack.entries import Kind, Paths
from zpack.filesystem import ScannedTree
from zpack.records import mutable_record
from zpack.tar import BLOCK, encode_entry, padding

_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_HEADERS, _PLAIN = 3 * BLOCK, BLOCK  # with an extended one for the time, and without
_PIECE = 1 << 20
_INSIDE = 64 << 10  # files smaller than that are taken from their beginning


@mutable_record
class Stretch:
    """``length`` bytes as they would stand in the archive; ``files`` were opened for it, which,
    without reading them, took ``opening`` seconds; reading and hashing took ``reading``."""

    view: "memoryview[int]"
    length: int = 0
    files: int = 0
    opening: float = 0.0
    reading: float = 0.0

    @property
    def content(self) -> "memoryview[int]":
        """What was read, good as long as the view."""
        return self.view[: self.length]

    @property
    def room(self) -> int:
        """How many bytes may still come."""
        return len(self.view) - self.length

    def put(self, data: bytes) -> None:
        """As much of it as there is room for."""
        end = self.length + min(len(data), self.room)
        self.view[self.length : end] = data[: end - self.length]
        self.length = end


class MemberStream:
    """Files in archive order with their headers: ``size`` bytes, about. For several threads."""

    def __init__(self, tree: ScannedTree, files: "array[int]", check: Callable[[], None]) -> None:
        self._tree = tree
        self._files = files
        self._check = check
        self._ends = array("Q")
        at, sizes, fractions = 0, tree.rows.size, tree.rows.mtime_ns
        for row in files:
            at += _HEADERS if fractions[row] else _PLAIN
            at += (sizes[row] + BLOCK - 1) // BLOCK * BLOCK
            self._ends.append(at)
        self.size = at

    def read(self, position: int, view: "memoryview[int]") -> Stretch:
        """Fill ``view`` from about ``position`` on, less of it at the end. What cannot be read is
        passed over."""
        stretch = Stretch(view)
        paths = Paths(self._tree.rows)
        at = bisect_right(self._ends, position)
        skip = self._offset_inside(at, position)
        while stretch.room and at < len(self._files):
            self._check()
            row = self._files[at]
            self._add(stretch, row, paths.path(row), skip)
            at, skip = at + 1, 0
        return stretch

    def _offset_inside(self, at: int, position: int) -> int:
        start = self._ends[at - 1] if at else 0
        inside = position - start - _HEADERS
        return inside // BLOCK * BLOCK if inside >= _INSIDE else 0

    def _add(self, stretch: Stretch, row: int, path: bytes, skip: int) -> None:
        began = time.perf_counter()
        try:
            fd = os.open(self._tree.source_path(row), _FLAGS)
        except OSError:
            return
        try:
            size = os.fstat(fd).st_size
            attributes = self._tree.rows.attributes(row)
            attributes.kind, attributes.size = Kind.FILE, size
            if not skip:
                stretch.put(encode_entry(path, attributes))
            opened = time.perf_counter()
            self._add_content(stretch, fd, skip, size)
            read = time.perf_counter()
        except OSError:
            return
        finally:
            os.close(fd)
        stretch.put(bytes(padding(size)))
        stretch.files += 1
        stretch.reading += read - opened
        stretch.opening += opened - began + time.perf_counter() - read

    def _add_content(self, stretch: Stretch, fd: int, start: int, end: int) -> None:
        while start < end and stretch.room:
            self._check()
            most = min(_PIECE, end - start, stretch.room)
            piece = stretch.view[stretch.length : stretch.length + most]
            count = os.preadv(fd, [piece], start)
            if not count:
                break
            xxhash.xxh3_128_digest(piece[:count])  # as the writer does, for the time that it takes
            stretch.length += count
            start += count
