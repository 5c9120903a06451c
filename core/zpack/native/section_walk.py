"""Finds sections by their frames, where no locator tells of them."""

import struct
from collections.abc import Callable

from zpack.native.layout import SECTION_MAGIC, LayoutError

_HEAD = struct.Struct("<II8sHHHH")
_FRAME_HEAD = 8
_MOST_FRAMES = 1 << 16

Place = tuple[bytes, int, list[int]]


def sections_between(pread: Callable[[int, int], bytes], start: int, end: int) -> list[Place]:
    """Tag, offset and lengths of the frames of each section that stands there, one after the other
    without a gap. Raises :class:`LayoutError` if anything else does."""
    places: list[Place] = []
    at, count = start, 0
    while at < end:
        head = pread(_HEAD.size, at)
        if len(head) < _HEAD.size:
            raise LayoutError("a section is cut short")
        magic, length, tag, _, _, number, _ = _HEAD.unpack(head)
        count += 1
        if magic != SECTION_MAGIC or at + _FRAME_HEAD + length > end or count > _MOST_FRAMES:
            raise LayoutError("a section is missing")
        if number:
            if not places or places[-1][0] != tag:
                raise LayoutError("a section's parts do not fit together")
            places[-1][2].append(_FRAME_HEAD + length)
        else:
            places.append((tag, at, [_FRAME_HEAD + length]))
        at += _FRAME_HEAD + length
    return places
