"""Finds frames without a seek table, by their headers (RFC 8878, sections 3.1.1 and 3.1.2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

ZSTD_MAGIC = 0xFD2FB528
SKIPPABLE_MIN = 0x184D2A50
SKIPPABLE_MAX = 0x184D2A5F
_READ_AHEAD = 1 << 16
_RLE_BLOCK, _RESERVED_BLOCK = 1, 3
_DICTIONARY_WIDTHS = (0, 1, 2, 4)
_SIZE_FIELD_WIDTHS = (0, 2, 4, 8)


class WalkError(ValueError):
    """No frame stands at ``offset``, or it is cut short. ``offset`` is in bytes of the file."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class FrameSpan:
    """A frame's place. ``content`` is None where its header doesn't tell the size; ``checked``
    tells whether it carries a checksum of its content, ``window`` how many bytes a decoder has to
    keep at hand, ``dictionary`` whether it needs one."""

    magic: int
    offset: int
    length: int
    content: int | None
    checked: bool
    window: int = 0
    dictionary: bool = False

    @property
    def skippable(self) -> bool:
        """Whether it carries no content."""
        return self.magic != ZSTD_MAGIC


def walk_frames(
    pread: Callable[[int, int], bytes], end: int, start: int = 0
) -> Iterator[FrameSpan]:
    """The frames from ``start`` to ``end``, one after the other.

    ``pread(length, offset)`` reads the file. Raises :class:`WalkError` where the frames stop
    making sense. Reads a few bytes for each block (at most 128 KiB of content).
    """
    window = _Window(pread, end)
    offset = start
    while offset < end:
        span = _frame(window, offset)
        yield span
        offset += span.length


class _Window:
    """Small reads, served from larger ones."""

    def __init__(self, pread: Callable[[int, int], bytes], end: int) -> None:
        self._pread = pread
        self.end = end
        self._start = 0
        self._data = b""

    def get(self, offset: int, length: int) -> bytes:
        at = offset - self._start
        if at < 0 or at + length > len(self._data):
            self._start, at = offset, 0
            self._data = self._pread(max(0, min(_READ_AHEAD, self.end - offset)), offset)
        return self._data[at : at + length]

    def integer(self, offset: int, width: int, frame: int) -> int:
        data = self.get(offset, width)
        if len(data) < width:
            raise WalkError("a frame is cut short", frame)
        return int.from_bytes(data, "little")


def _frame(window: _Window, offset: int) -> FrameSpan:
    magic = window.integer(offset, 4, offset)
    if SKIPPABLE_MIN <= magic <= SKIPPABLE_MAX:
        length = 8 + window.integer(offset + 4, 4, offset)
        if offset + length > window.end:
            raise WalkError("a frame is cut short", offset)
        return FrameSpan(magic, offset, length, 0, checked=False)
    if magic != ZSTD_MAGIC:
        raise WalkError("something that is no zstd frame follows", offset)
    return _zstd_frame(window, offset)


def _zstd_frame(window: _Window, offset: int) -> FrameSpan:
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


def _after_blocks(window: _Window, at: int, frame: int) -> int:
    while True:
        header = window.integer(at, 3, frame)
        kind, size = header >> 1 & 3, header >> 3
        if kind == _RESERVED_BLOCK:
            raise WalkError("a frame has a block that makes no sense", frame)
        at += 3 + (1 if kind == _RLE_BLOCK else size)
        if header & 1:
            return at
