"""Finds recovery frames, also where nothing else tells where they are."""

from collections.abc import Callable, Iterator

from zpack.native.layout import RECOVERY_TAG, LayoutError
from zpack.native.recovery_geometry import HEAD_SIZE, Geometry, decode_head
from zpack.records import record

_CHUNK = 4 << 20
_BEFORE_TAG = 8
_MOST_HEADS = 1 << 16  # as many as a record may have parts

Pread = Callable[[int, int], bytes]


@record
class FoundHead:
    """A recovery frame's head that can be trusted. ``at``: where in the file it is."""

    geometry: Geometry
    part: int
    at: int

    @property
    def shift(self) -> int:
        """By how much it lies behind the place that it was written to."""
        return self.at - self.geometry.part_at(self.part)


def find_heads(
    pread: Pread, start: int, end: int, check: Callable[[], None]
) -> Iterator[FoundHead]:
    """Heads between two offsets of a file, the last first. ``check`` is called now and then, and
    may raise. Reads all of it, if it is asked for all."""
    found = 0
    while end > start:
        check()
        begin = max(start, end - _CHUNK)
        data = pread(end - begin + HEAD_SIZE, begin)
        at = data.rfind(RECOVERY_TAG, 0, end - begin + _BEFORE_TAG + len(RECOVERY_TAG) - 1)
        while at >= 0:
            head = _head_at(data, at - _BEFORE_TAG)
            if head is not None:
                yield FoundHead(*head, begin + at - _BEFORE_TAG)
                found += 1
            if found == _MOST_HEADS:
                return
            at = data.rfind(RECOVERY_TAG, 0, at + len(RECOVERY_TAG) - 1)
        end = begin


def _head_at(data: bytes, at: int) -> tuple[Geometry, int] | None:
    if at < 0:
        return None  # begins before: it is in the chunk that comes next
    try:
        return decode_head(data[at : at + HEAD_SIZE])
    except LayoutError:
        return None
