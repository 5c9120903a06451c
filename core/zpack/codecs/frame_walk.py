"""Finds frames without a seek table, by their headers (RFC 8878, sections 3.1.1 and 3.1.2)."""

from collections.abc import Callable, Iterator

from zpack.codecs.frame_span import (
    SKIPPABLE_MAX,
    SKIPPABLE_MIN,
    ByteWindow,
    FrameSpan,
    WalkError,
    skippable_span,
)

ZSTD_MAGIC = 0xFD2FB528
ZSTD_START = ZSTD_MAGIC.to_bytes(4, "little")
_RLE_BLOCK, _RESERVED_BLOCK = 1, 3
_DICTIONARY_WIDTHS = (0, 1, 2, 4)
_SIZE_FIELD_WIDTHS = (0, 2, 4, 8)


def walk_frames(
    pread: Callable[[int, int], bytes], end: int, start: int = 0
) -> Iterator[FrameSpan]:
    """The frames from ``start`` to ``end``, one after the other.

    ``pread(length, offset)`` reads the file. Raises :class:`WalkError` where the frames stop
    making sense. Reads a few bytes for each block (at most 128 KiB of content).
    """
    window = ByteWindow(pread, end)
    offset = start
    while offset < end:
        span = _frame(window, offset)
        yield span
        offset += span.length


def _frame(window: ByteWindow, offset: int) -> FrameSpan:
    magic = window.integer(offset, 4, offset)
    if SKIPPABLE_MIN <= magic <= SKIPPABLE_MAX:
        return skippable_span(window, magic, offset)
    if magic != ZSTD_MAGIC:
        raise WalkError("something that is no zstd frame follows", offset)
    return _zstd_frame(window, offset)


def _zstd_frame(window: ByteWindow, offset: int) -> FrameSpan:
    descriptor = window.integer(offset + 4, 1, offset)
    single = bool(descriptor & 0x20)
    checked = bool(descriptor & 0x04)
    if descriptor & 0x08:
        raise WalkError("a frame has a header that makes no sense", offset)
    at = offset + 5 + (0 if single else 1) + _DICTIONARY_WIDTHS[descriptor & 3]
    width = _SIZE_FIELD_WIDTHS[descriptor >> 6] or (1 if single else 0)
    content = None
    if width:
        content = window.integer(at, width, offset) + (256 if width == 2 else 0)
    window_size = content or 0
    if not single:
        window_size = _window_size(window.integer(offset + 5, 1, offset))
    dictionary = bool(descriptor & 3)
    at = _after_blocks(window, at + width, offset) + (4 if checked else 0)
    if at > window.end:
        raise WalkError("a frame is cut short", offset)
    return FrameSpan(ZSTD_MAGIC, offset, at - offset, content, checked, window_size, dictionary)


def _window_size(descriptor: int) -> int:
    base = 1 << (10 + (descriptor >> 3))
    return base + base // 8 * (descriptor & 7)


def _after_blocks(window: ByteWindow, at: int, frame: int) -> int:
    while True:
        header = window.integer(at, 3, frame)
        kind, size = header >> 1 & 3, header >> 3
        if kind == _RESERVED_BLOCK:
            raise WalkError("a frame has a block that makes no sense", frame)
        at += 3 + (1 if kind == _RLE_BLOCK else size)
        if header & 1:
            return at
