"""Looks at each frame right after it is coded: does it unpack to what went in?"""

from collections.abc import Callable

import xxhash
import zstandard

from zpack.codecs.coding import Encoder
from zpack.codecs.zstd import MAX_WINDOW_LOG

_PIECE = 256 << 10


class Miscoded(Exception):
    """A frame does not unpack to its content: the memory or the processor is at fault."""


class CheckedEncoder:
    """An encoder of zstd frames that looks after itself. Not for two threads at once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._decoder = zstandard.ZstdDecompressor(max_window_size=1 << MAX_WINDOW_LOG)
        self._piece = memoryview(bytearray(_PIECE))

    def encode(self, content: "memoryview[int]", check: Callable[[], None]) -> bytes:
        """As that of ``Encoder``; raises :class:`Miscoded` instead of giving a bad frame."""
        frame = self._encoder.encode(content, check)
        if not self._unpacks(frame, content, check):
            raise Miscoded
        return frame

    def _unpacks(self, frame: bytes, content: "memoryview[int]", check: Callable[[], None]) -> bool:
        digest, length = xxhash.xxh3_64(), 0
        try:
            with self._decoder.stream_reader(frame) as reader:
                while count := reader.readinto(self._piece):
                    digest.update(self._piece[:count])
                    length += count
        except zstandard.ZstdError:
            return False
        check()
        return length == len(content) and digest.digest() == xxhash.xxh3_64_digest(content)
