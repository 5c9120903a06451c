"""The families of frames that compressed files by anyone are made of."""

from collections.abc import Callable, Iterator

from zpack.codecs.coding import Coding
from zpack.codecs.frame_span import SKIPPABLE_MAX, SKIPPABLE_MIN, ByteWindow, FrameSpan, WalkError
from zpack.codecs.frame_walk import ZSTD_MAGIC, walk_frames
from zpack.codecs.lz4_coding import LZ4_FRAMES
from zpack.codecs.lz4_header import LZ4_LEGACY_MAGIC, LZ4_MAGIC
from zpack.codecs.lz4_walk import walk_lz4_frames
from zpack.codecs.zstd_stream import ZSTD_FRAMES
from zpack.records import record

Walk = Callable[[Callable[[int, int], bytes], int], Iterator[FrameSpan]]


@record
class Family:
    """``walk(pread, end)`` finds the frames of a file, ``coding`` decodes them."""

    magics: tuple[int, ...]
    walk: Walk
    coding: Coding


ZSTD_FAMILY = Family((ZSTD_MAGIC,), walk_frames, ZSTD_FRAMES)
LZ4_FAMILY = Family((LZ4_MAGIC, LZ4_LEGACY_MAGIC), walk_lz4_frames, LZ4_FRAMES)


def family_of(pread: Callable[[int, int], bytes], end: int) -> Family:
    """The family of the first frame that is not skippable; zstd if there is none."""
    window, at = ByteWindow(pread, end), 0
    try:
        while at < end:
            magic = window.integer(at, 4, at)
            if not SKIPPABLE_MIN <= magic <= SKIPPABLE_MAX:
                return LZ4_FAMILY if magic in LZ4_FAMILY.magics else ZSTD_FAMILY
            at += 8 + window.integer(at + 4, 4, at)
    except WalkError:
        pass  # the walk finds it too, and tells
    return ZSTD_FAMILY
