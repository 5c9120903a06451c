"""Where frames stand in a file, and reading the few bytes that tell."""

from collections.abc import Callable

from zpack.records import record

SKIPPABLE_MIN = 0x184D2A50
SKIPPABLE_MAX = 0x184D2A5F
_READ_AHEAD = 1 << 16


class WalkError(ValueError):
    """No frame stands at ``offset``, or it is cut short. ``offset`` is in bytes of the file."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@record
class FrameSpan:
    """A frame's place. ``content`` is None where its header doesn't tell the size; ``checked``
    tells whether it carries checksums of its content, ``window`` how many bytes a decoder has to
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
        return SKIPPABLE_MIN <= self.magic <= SKIPPABLE_MAX


class ByteWindow:
    """Small reads, served from larger ones. ``pread(length, offset)`` reads the file, which has
    ``end`` bytes."""

    def __init__(self, pread: Callable[[int, int], bytes], end: int) -> None:
        self._pread = pread
        self.end = end
        self._start = 0
        self._data = b""

    def get(self, offset: int, length: int) -> bytes:
        """Bytes of the file, fewer at its end."""
        at = offset - self._start
        if at < 0 or at + length > len(self._data):
            self._start, at = offset, 0
            self._data = self._pread(max(0, min(_READ_AHEAD, self.end - offset)), offset)
        return self._data[at : at + length]

    def integer(self, offset: int, width: int, frame: int) -> int:
        """A number in the frame at ``frame``. Raises :class:`WalkError` if it is cut off."""
        data = self.get(offset, width)
        if len(data) < width:
            raise WalkError("a frame is cut short", frame)
        return int.from_bytes(data, "little")


def skippable_span(window: ByteWindow, magic: int, offset: int) -> FrameSpan:
    """The skippable frame at ``offset``. Raises :class:`WalkError` if it is cut short."""
    length = 8 + window.integer(offset + 4, 4, offset)
    if offset + length > window.end:
        raise WalkError("a frame is cut short", offset)
    return FrameSpan(magic, offset, length, 0, checked=False)
