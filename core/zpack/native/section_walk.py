"""Follows the frames of a section, where no locator tells how long it is."""

import struct
from collections.abc import Callable

from zpack.native.layout import SECTION_MAGIC, LayoutError

_HEAD = struct.Struct("<II8sHHHH")
_FRAME_HEAD = 8


def section_at(pread: Callable[[int, int], bytes], start: int, end: int, tag: bytes) -> list[int]:
    """Lengths of the frames of the section that begins there. Raises :class:`LayoutError`."""
    lengths: list[int] = []
    at = start
    while True:
        head = pread(_HEAD.size, at)
        if len(head) < _HEAD.size:
            raise LayoutError("a section is cut short")
        magic, length, found, _, _, number, count = _HEAD.unpack(head)
        length += _FRAME_HEAD
        if (magic, found, number) != (SECTION_MAGIC, tag, len(lengths)) or at + length > end:
            raise LayoutError("a section is missing")
        lengths.append(length)
        at += length
        if len(lengths) >= count:
            return lengths
