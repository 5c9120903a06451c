"""A tar's blocks, from any stream, through one buffer of constant size."""

from collections.abc import Callable

from zpack.tar.numbers import TarError

BLOCK = 512
LEAST_BUFFER = 1 << 20


def padding(size: int) -> int:
    """How many zero bytes follow ``size`` bytes of content."""
    return -size % BLOCK


class BlockReader:
    """Reads ahead. Views that it gives are good until the next call. For one thread.

    ``readinto(view)`` fills the view as far as there is data; 0 means the end. ``buffer``, of 1 MiB
    at least, may be used again when this reader is done with.
    """

    def __init__(
        self,
        readinto: "Callable[[memoryview[int]], int]",
        buffer: "memoryview[int] | None" = None,
    ) -> None:
        self._readinto = readinto
        self._buffer = memoryview(bytearray(LEAST_BUFFER)) if buffer is None else buffer
        self._start = 0
        self._end = 0
        self.position = 0

    def take(self, length: int) -> "memoryview[int]":
        """Exactly ``length`` bytes, at most the buffer's. Raises :class:`TarError` if there are
        fewer."""
        if self._end - self._start < length:
            self._fill(length)
        return self._advance(length)

    def take_if(self, expected: bytes) -> bool:
        """Pass over ``expected`` if it comes next, and tell whether it did."""
        length = len(expected)
        if self._end - self._start < length:
            try:
                self._fill(length)
            except TarError:
                return False
        if bytes(self._buffer[self._start : self._start + length]) != expected:
            return False
        self._advance(length)
        return True

    def some(self, limit: int) -> "memoryview[int]":
        """At least 1 and at most ``limit`` bytes. Raises :class:`TarError` at the end."""
        if self._start == self._end:
            self._fill(1)
        return self._advance(min(limit, self._end - self._start))

    def take_padded(self, length: int) -> "memoryview[int] | None":
        """``length`` bytes, passing over their padding too; None if not all of it is at hand."""
        start = self._start
        end = start + length + padding(length)
        if end > self._end:
            return None
        self._start = end
        self.position += end - start
        return self._buffer[start : start + length]

    def skip(self, length: int) -> None:
        """Pass over ``length`` bytes."""
        while length:
            length -= len(self.some(length))

    def at_end(self) -> bool:
        """Whether nothing more comes."""
        return self._start == self._end and not self._more()

    def _advance(self, length: int) -> "memoryview[int]":
        view = self._buffer[self._start : self._start + length]
        self._start += length
        self.position += length
        return view

    def _fill(self, length: int) -> None:
        if length > len(self._buffer):
            raise TarError("a header is too large", self.position)
        kept = self._end - self._start
        if kept:
            self._buffer[:kept] = self._buffer[self._start : self._end]
        self._start, self._end = 0, kept
        while self._end < length:
            if not self._more():
                raise TarError("the archive is cut short", self.position)

    def _more(self) -> bool:
        if self._start == self._end:
            self._start = self._end = 0
        count = self._readinto(self._buffer[self._end :])
        self._end += count
        return count > 0
