"""Looks for some bytes in a file."""

from collections.abc import Callable, Iterator

_PIECE = 4 << 20

Pread = Callable[[int, int], bytes]


def occurrences(
    pread: Pread, what: bytes, begin: int, end: int, spend: Callable[[int], bool]
) -> Iterator[int]:
    """Where ``what`` stands between two offsets. ``spend`` is asked before each read, with its
    length, whether that may be; it may raise."""
    while begin < end:
        length = min(_PIECE + len(what) - 1, end - begin)
        if not spend(length):
            return
        data = pread(length, begin)
        at = data.find(what)
        while at >= 0:
            yield begin + at
            at = data.find(what, at + 1)
        begin += _PIECE
