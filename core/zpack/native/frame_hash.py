"""Is a compressed frame as it was written? Told without unpacking it."""

from collections.abc import Callable

import xxhash

from zpack.codecs import FrameError, FrameTable
from zpack.native.reading import Pread

_PIECE = 1 << 20
CHANGED = "a block is not as it was written"


def check_stored(read: Pread, frames: FrameTable, frame: int, step: Callable[[int], None]) -> None:
    """Compare one frame with its XXH3-64, which the table must have. ``step`` is told of each
    piece's length, and may raise. Raises :class:`FrameError`, also where the disk cannot read it
    (``read`` is as of ``frame_reader``)."""
    assert frames.xxh3 is not None
    at, left = frames.offset[frame], frames.csize[frame]
    hasher = xxhash.xxh3_64()
    while left:
        piece = read(min(left, _PIECE), at)
        if not piece:
            raise FrameError(frame, "a block is cut short")
        hasher.update(piece)
        step(len(piece))
        at += len(piece)
        left -= len(piece)
    if hasher.intdigest() != frames.xxh3[frame]:
        raise FrameError(frame, CHANGED)
