"""Finds LZ4 frames by their headers and the lengths of their blocks."""

from collections.abc import Callable, Iterator

from zpack.codecs.coding import CodecError
from zpack.codecs.frame_span import (
    SKIPPABLE_MAX,
    SKIPPABLE_MIN,
    ByteWindow,
    FrameSpan,
    WalkError,
    skippable_span,
)
from zpack.codecs.lz4_block import UNCOMPRESSED
from zpack.codecs.lz4_frame import LONGEST_LEGACY
from zpack.codecs.lz4_header import (
    LONGEST_HEADER,
    LZ4_LEGACY_MAGIC,
    LZ4_MAGIC,
    decode_lz4_header,
)

_FIELD = 4


def walk_lz4_frames(
    pread: Callable[[int, int], bytes], end: int, start: int = 0
) -> Iterator[FrameSpan]:
    """As ``walk_frames``, for LZ4: the frames from ``start`` to ``end``. Reads a few bytes for
    each block. Raises :class:`WalkError`."""
    window = ByteWindow(pread, end)
    offset = start
    while offset < end:
        span = _frame(window, offset)
        yield span
        offset += span.length


def _frame(window: ByteWindow, offset: int) -> FrameSpan:
    magic = window.integer(offset, _FIELD, offset)
    if SKIPPABLE_MIN <= magic <= SKIPPABLE_MAX:
        return skippable_span(window, magic, offset)
    if magic == LZ4_LEGACY_MAGIC:
        return _legacy_frame(window, offset)
    if magic != LZ4_MAGIC:
        raise WalkError("something that is no lz4 frame follows", offset)
    return _lz4_frame(window, offset)


def _lz4_frame(window: ByteWindow, offset: int) -> FrameSpan:
    try:
        header = decode_lz4_header(window.get(offset, LONGEST_HEADER))
    except CodecError as error:
        raise WalkError(str(error), offset) from error
    at = offset + header.length
    while length := window.integer(at, _FIELD, offset):
        size = length & ~UNCOMPRESSED
        if not 0 < size <= header.most:
            raise WalkError("a frame has a block that makes no sense", offset)
        at += _FIELD + size + (_FIELD if header.block_checksums else 0)
    at += _FIELD + (_FIELD if header.content_checksum else 0)
    if at > window.end:
        raise WalkError("a frame is cut short", offset)
    checked = header.content_checksum or header.block_checksums
    return FrameSpan(
        LZ4_MAGIC,
        offset,
        at - offset,
        header.content,
        checked,
        window=header.most,
        dictionary=header.dictionary,
    )


def _legacy_frame(window: ByteWindow, offset: int) -> FrameSpan:
    """It ends where the file does, or another frame begins."""
    at = offset + _FIELD
    while at < window.end:
        length = window.integer(at, _FIELD, offset)
        if length in (LZ4_MAGIC, LZ4_LEGACY_MAGIC) or SKIPPABLE_MIN <= length <= SKIPPABLE_MAX:
            break
        if not 0 < length <= LONGEST_LEGACY:
            raise WalkError("a frame has a block that makes no sense", offset)
        at += _FIELD + length
    if at > window.end:
        raise WalkError("a frame is cut short", offset)
    return FrameSpan(LZ4_LEGACY_MAGIC, offset, at - offset, None, checked=False)
