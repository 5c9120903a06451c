"""Looks at each frame right after it is coded: does it unpack to what went in?"""

import io
from collections.abc import Callable

import xxhash

from zpack.codecs.coding import CodecError, Coding, Encoder
from zpack.codecs.zstd_stream import ZSTD_FRAMES

_PIECE = 256 << 10


class Miscoded(Exception):
    """A frame does not unpack to its content: the memory or the processor is at fault."""


class CheckedEncoder:
    """An encoder that looks after itself; ``coding`` decodes what it codes. Not for two threads at
    once."""

    def __init__(self, encoder: Encoder, coding: Coding = ZSTD_FRAMES) -> None:
        self._encoder = encoder
        self._decoder = coding.decoder()
        self._piece = memoryview(bytearray(_PIECE))

    def encode(self, content: "memoryview[int]", check: Callable[[], None]) -> bytes:
        """As of every ``Encoder``; raises :class:`Miscoded` instead of giving a bad frame."""
        frame = self._encoder.encode(content, check)
        if not self._unpacks(frame, content, check):
            raise Miscoded
        return frame

    def _unpacks(self, frame: bytes, content: "memoryview[int]", check: Callable[[], None]) -> bool:
        digest, length = xxhash.xxh3_64(), 0
        try:
            stored = io.BytesIO(frame)
            reader = self._decoder.open(
                stored, len(frame), len(content), at_once=False, step=_PIECE
            )
            while count := reader.readinto(self._piece):
                digest.update(self._piece[:count])
                length += count
        except CodecError:
            return False
        check()
        return length == len(content) and digest.digest() == xxhash.xxh3_64_digest(content)
