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
    found = stored_hash(read, frames.offset[frame], frames.csize[frame], step)
    if found is None:
        raise FrameError(frame, "a block is cut short")
    if found != frames.xxh3[frame]:
        raise FrameError(frame, CHANGED)


def stored_hash(read: Pread, at: int, length: int, step: Callable[[int], None]) -> int | None:
    """XXH3-64 of so many bytes of a file; None if there are fewer. ``step`` as above."""
    hasher = xxhash.xxh3_64()
    while length:
        piece = read(min(length, _PIECE), at)
        if not piece:
            return None
        hasher.update(piece)
        step(len(piece))
        at += len(piece)
        length -= len(piece)
    return hasher.intdigest()
