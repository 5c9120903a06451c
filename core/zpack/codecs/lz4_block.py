"""Blocks of an LZ4 frame: a length, then what is coded (docs/format.md, section 11)."""

import struct
from collections.abc import Callable

import lz4.block  # type: ignore[import-untyped]  # the library brings no types

from zpack.codecs.coding import Bytes, CodecError

UNCOMPRESSED = 1 << 31
LENGTH = struct.Struct("<I")
_FIRST_SLOW_LEVEL = 3  # as the lz4 program counts
_MOST_RATIO = 255


class Lz4Encoder:
    """Codes independent blocks; levels 1 and 2 fast, 3 to 12 slowly and smaller."""

    def __init__(self, level: int) -> None:
        self._slow = level if level >= _FIRST_SLOW_LEVEL else 0

    def encode(self, content: "memoryview[int]", check: Callable[[], None]) -> bytes:
        """One block with its length; as it is if it does not get smaller. ``check`` is called
        before and may raise."""
        check()
        coded = self._code(content)
        if len(coded) >= len(content):
            return b"".join((LENGTH.pack(len(content) | UNCOMPRESSED), content))
        return LENGTH.pack(len(coded)) + coded

    def _code(self, content: "memoryview[int]") -> bytes:
        if self._slow:
            coded: bytes = lz4.block.compress(
                content, mode="high_compression", compression=self._slow, store_size=False
            )
        else:
            coded = lz4.block.compress(content, store_size=False)
        return coded


def decode_block(
    body: "memoryview[int]", length: int, most: int, dictionary: bytes = b""
) -> "bytes | memoryview[int]":
    """The content of a block, at most ``most`` bytes. ``length`` is its length field, ``body``
    what follows that. Raises :class:`CodecError`."""
    if length & UNCOMPRESSED:
        if len(body) > most:
            raise CodecError("a block is larger than it may be")
        return body
    try:
        room = min(most, _MOST_RATIO * len(body))  # what it can have at all: no more memory
        content: bytes = lz4.block.decompress(body, uncompressed_size=room, dict=dictionary)
    except (lz4.block.LZ4BlockError, ValueError) as error:
        raise CodecError("a block cannot be decoded") from error
    return content


class Lz4BlockReader:
    """Decodes a block that is known from an index: ``length`` bytes of ``stored`` with the length
    field, ``content`` bytes decoded."""

    def __init__(self, stored: Bytes, length: int, content: int) -> None:
        self._stored = stored
        self._length = length
        self._size = content
        self._content: memoryview[int] | None = None

    def readinto(self, view: "memoryview[int]") -> int:
        """As of every ``FrameReader``."""
        if self._content is None:
            self._content = memoryview(self._decode())
        count = min(len(view), len(self._content))
        view[:count] = self._content[:count]
        self._content = self._content[count:]
        return count

    def _decode(self) -> "bytes | memoryview[int]":
        if not LENGTH.size < self._length <= LENGTH.size + self._size:
            raise CodecError("a block has a length that makes no sense")  # before memory is taken
        stored = self._stored.read(self._length)
        length = int.from_bytes(stored[: LENGTH.size], "little")
        body = memoryview(stored)[LENGTH.size :]
        if len(stored) != self._length or length & ~UNCOMPRESSED != len(body):
            raise CodecError("a block has another length than the index says")
        content = decode_block(body, length, self._size)
        if len(content) != self._size:
            raise CodecError("a block has another size than the index says")
        return content


class Lz4BlockDecoder:
    """The ``FrameDecoder`` of our own archives' blocks."""

    def open(
        self, stored: Bytes, length: int, content: int, *, at_once: bool, step: int
    ) -> Lz4BlockReader:
        del at_once, step  # a block is always decoded in one step
        return Lz4BlockReader(stored, length, content)
