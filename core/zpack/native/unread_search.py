"""Finds the frames of an archive without an index, and unpacks none but the first bytes."""

from collections.abc import Callable

from zpack.codecs import FrameError, FrameStream
from zpack.filesystem import SourceFile
from zpack.native.frame_search import FoundFrames, find_frames
from zpack.native.reading import frame_reader
from zpack.native.unread import Unread
from zpack.tar import BLOCK, MARKER, is_header


def find_unread(source: SourceFile, tail_fault: str, check: Callable[[], None]) -> Unread:
    """Walk over the frames, and unpack the first bytes only; ``check`` is called now and then and
    may raise. Raises :class:`FrameNotRead`."""
    found = find_frames(source, check)
    start = _first_bytes(source, found)
    is_tar = len(start) >= BLOCK and is_header(start[:BLOCK])
    return Unread(source, found, is_tar, start == MARKER, tail_fault)


def _first_bytes(source: SourceFile, found: FoundFrames) -> bytes:
    frames = found.frames
    read = frame_reader(source, frames)
    stream = FrameStream(read, frames, 0, len(frames), check_stored=False)
    start, filled = memoryview(bytearray(len(MARKER))), 0
    try:
        while filled < len(start) and (count := stream.readinto(start[filled:])):
            filled += count
    except FrameError:
        pass
    return bytes(start[:filled])
