"""Decodes LZ4 frames of any kind, by anyone, in constant memory."""

from collections.abc import Callable

import xxhash

from zpack.codecs.coding import Bytes, CodecError
from zpack.codecs.lz4_block import LENGTH, UNCOMPRESSED, decode_block
from zpack.codecs.lz4_header import (
    LONGEST_HEADER,
    LZ4_LEGACY_MAGIC,
    Lz4Header,
    decode_lz4_header,
)

LEGACY_BLOCK = 8 << 20
LONGEST_LEGACY = LEGACY_BLOCK + LEGACY_BLOCK // 255 + 16
_FEED = 256 << 10
_HISTORY = 64 << 10
_CHECKSUM = 4
_LEGACY_HEADER = Lz4Header(
    length=4,
    linked=False,
    block_checksums=False,
    content_checksum=False,
    content=None,
    dictionary=False,
    most=LEGACY_BLOCK,
)


class Lz4FrameReader:
    """One frame from its beginning. ``read(size)`` gives its bytes, fewer only at its end; it is
    asked for ``step`` or more at a time.

    Every checksum that it has is looked at. For one thread.
    """

    def __init__(self, read: Callable[[int], bytes], step: int = _FEED) -> None:
        self._read = read
        self._step = step
        self._held = b""
        self._at = 0
        self._header: Lz4Header | None = None
        self._legacy = False
        self._ended = False
        self._content = memoryview(b"")
        self._history = b""
        self._hash = xxhash.xxh32()
        self._count = 0

    def readinto(self, view: "memoryview[int]") -> int:
        """As of every ``FrameReader``."""
        header = self._header or self._begin()
        if not self._content and not self._ended:
            self._next_block(header)
        count = min(len(view), len(self._content))
        view[:count] = self._content[:count]
        self._content = self._content[count:]
        return count

    def _begin(self) -> Lz4Header:
        start = self._peek(LONGEST_HEADER)
        self._legacy = start[:4] == LZ4_LEGACY_MAGIC.to_bytes(4, "little")
        self._header = header = _LEGACY_HEADER if self._legacy else decode_lz4_header(start)
        self._take(header.length)
        return header

    def _next_block(self, header: Lz4Header) -> None:
        if self._legacy and not self._peek(1):
            self._ended = True  # such a frame has no end mark
            return
        length = int(LENGTH.unpack(self._take(LENGTH.size))[0])
        if not length and not self._legacy:
            self._end(header)
            return
        size = length if self._legacy else length & ~UNCOMPRESSED
        if size > (LONGEST_LEGACY if self._legacy else header.most):
            raise CodecError("a block is larger than it may be")
        body = self._take(size)
        if header.block_checksums and xxhash.xxh32_intdigest(body) != self._checksum():
            raise CodecError("a block's checksum does not match")
        self._keep(decode_block(body, length, header.most, self._history), header)

    def _keep(self, content: "bytes | memoryview[int]", header: Lz4Header) -> None:
        if not content:
            raise CodecError("a block has no content")  # so that work is bounded by what comes out
        self._count += len(content)
        if header.content_checksum:
            self._hash.update(content)
        if header.linked:
            self._history = (self._history + bytes(content[-_HISTORY:]))[-_HISTORY:]
        self._content = memoryview(content)

    def _end(self, header: Lz4Header) -> None:
        if header.content is not None and self._count != header.content:
            raise CodecError("its content has another size than its header says")
        if header.content_checksum and self._hash.intdigest() != self._checksum():
            raise CodecError("the checksum of its content does not match")
        self._ended = True

    def _checksum(self) -> int:
        return int.from_bytes(self._take(_CHECKSUM), "little")

    def _take(self, size: int) -> "memoryview[int]":
        data = self._peek(size)
        if len(data) < size:
            raise CodecError("a frame is cut short")
        self._at += size
        return memoryview(data)

    def _peek(self, size: int) -> bytes:
        """The next ``size`` bytes, fewer only at the end."""
        missing = size - (len(self._held) - self._at)
        if missing > 0:
            self._held = self._held[self._at :] + self._read(max(missing, self._step))
            self._at = 0
        return self._held[self._at : self._at + size]


class Lz4FrameDecoder:
    """The ``FrameDecoder`` of frames by anyone."""

    def open(
        self, stored: Bytes, length: int, content: int, *, at_once: bool, step: int
    ) -> Lz4FrameReader:
        del length, content, at_once  # it goes block by block, and its header tells the rest
        return Lz4FrameReader(stored.read, step)
