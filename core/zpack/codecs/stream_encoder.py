"""Codes a stream of unknown length as one frame, in bounded memory."""

from collections.abc import Callable, Iterator
from typing import Protocol

import xxhash

from zpack.codecs.lz4_block import Lz4Encoder
from zpack.codecs.lz4_header import MAX_BLOCK, encode_lz4_header
from zpack.codecs.zstd import LEAST_STEP, Encoder

Check = Callable[[], None]
_END_MARK = bytes(4)


class StreamEncoder(Protocol):
    """Feed it pieces of any size, then :meth:`finish`. For one thread at a time."""

    def feed(self, data: "memoryview[int]", check: Check) -> Iterator[bytes]:
        """What these bytes make. ``check`` is called before each step and may raise."""
        ...

    def finish(self, check: Check) -> bytes:
        """The end of the frame."""
        ...


class ZstdStreamEncoder:
    """A zstd frame with a checksum of its content."""

    def __init__(self, level: int) -> None:
        self._coder = Encoder(level).stream()

    def feed(self, data: "memoryview[int]", check: Check) -> Iterator[bytes]:
        """As of every :class:`StreamEncoder`."""
        for start in range(0, len(data), LEAST_STEP):
            check()
            if coded := self._coder.compress(data[start : start + LEAST_STEP]):
                yield coded

    def finish(self, check: Check) -> bytes:
        """As of every :class:`StreamEncoder`."""
        check()
        return self._coder.flush()


class Lz4StreamEncoder:
    """An lz4 frame of independent blocks of 4 MiB, with a checksum of its content."""

    def __init__(self, level: int) -> None:
        self._encoder = Lz4Encoder(level)
        self._head = encode_lz4_header(None)
        self._digest = xxhash.xxh32()
        self._block = bytearray()

    def feed(self, data: "memoryview[int]", check: Check) -> Iterator[bytes]:
        """As of every :class:`StreamEncoder`."""
        self._digest.update(data)
        while data:
            room = MAX_BLOCK - len(self._block)
            self._block += data[:room]
            data = data[room:]
            if len(self._block) == MAX_BLOCK:
                yield self._code(check)

    def finish(self, check: Check) -> bytes:
        """As of every :class:`StreamEncoder`."""
        last = self._code(check) if self._block else self._begin()
        return last + _END_MARK + self._digest.intdigest().to_bytes(4, "little")

    def _code(self, check: Check) -> bytes:
        head = self._begin()
        with memoryview(self._block) as content:
            coded = self._encoder.encode(content, check)
        self._block.clear()
        return head + coded

    def _begin(self) -> bytes:
        head, self._head = self._head, b""
        return head
