"""Reads of an archive on a disk that may have bad spots: those are damage like any other, so that
what is beside them is read all the same."""

from collections.abc import Callable

from zpack.codecs import FrameError, FrameTable, WalkError
from zpack.errors import ReadFailed
from zpack.filesystem import SourceFile

Pread = Callable[[int, int], bytes]
_HEADER = 32
_WHY = "the disk cannot read a part of it"


def frame_reader(source: SourceFile, frames: FrameTable) -> Pread:
    """Reads frames; raises ``FrameError`` where the disk cannot."""

    def read(length: int, offset: int) -> bytes:
        try:
            return source.pread(length, offset)
        except ReadFailed as error:
            raise FrameError(frames.containing(offset), _WHY) from error

    return read


def walk_reader(source: SourceFile) -> Pread:
    """Reads what leads from frame to frame; raises ``WalkError`` where the disk cannot."""

    def read(length: int, offset: int) -> bytes:
        for wanted in (length, min(length, _HEADER)):  # what is read ahead may not be needed
            try:
                return source.pread(wanted, offset)
            except ReadFailed:
                pass
        raise WalkError(_WHY, offset)

    return read
