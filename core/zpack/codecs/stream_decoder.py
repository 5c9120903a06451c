"""Decodes compressed bytes as they come, in bounded memory: zstd and lz4 frames, one or many."""

from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

import xxhash
import zstandard

from zpack.codecs.coding import CodecError
from zpack.codecs.frame_span import SKIPPABLE_MAX, SKIPPABLE_MIN
from zpack.codecs.frame_walk import ZSTD_MAGIC, ZSTD_START
from zpack.codecs.lz4_block import UNCOMPRESSED, decode_block
from zpack.codecs.lz4_frame import LEGACY_BLOCK, LONGEST_LEGACY
from zpack.codecs.lz4_header import LZ4_LEGACY_MAGIC, LZ4_MAGIC, decode_lz4_header
from zpack.codecs.zstd import MAX_WINDOW_LOG

_RLE_BLOCK = 1
_MOST_BLOCK = 128 << 10
_HISTORY = 64 << 10
_LZ4_FLAGS_AT = 4
_MAGICS = (ZSTD_MAGIC, LZ4_MAGIC, LZ4_LEGACY_MAGIC)

Result = TypeVar("Result")
# A parser: it yields pieces of content, and None where it needs more to go on.
_Parser = Generator[bytes | None, None, None]
_Take = Generator[bytes | None, None, bytes]


class NotCompressed(CodecError):
    """Neither zstd nor lz4."""


class NotDecodable(CodecError):
    """It needs a larger window than is accepted, or a dictionary. Nothing is damaged."""


class StreamDecoder:
    """Feed it pieces of any size, then :meth:`finish`. For one thread at a time.

    ``position`` is the offset of the frame, or block, that is being read. Frames that carry no
    content are skipped.
    """

    def __init__(self) -> None:
        self.position = 0
        self._held = bytearray()
        self._at = 0
        self._taken = 0
        self._between = True
        self._parser = self._frames()

    def feed(self, data: "bytes | memoryview[int]") -> Iterator[bytes]:
        """The content that these bytes add, in pieces of at most 8 MiB, nearly always far smaller.
        Must be read to its end before the next call.

        Raises :class:`CodecError`, after what comes before the damage was given.
        """
        del self._held[: self._at]
        self._at = 0
        self._held += data
        while (piece := next(self._parser)) is not None:
            if piece:
                yield piece

    def finish(self) -> None:
        """There is no more. Raises :class:`CodecError` if it is cut short."""
        if not self._between or len(self._held) > self._at:
            raise CodecError("it is cut short")
        if not self._taken:
            raise NotCompressed("it is empty")

    def _take(self, size: int) -> _Take:
        while len(self._held) - self._at < size:
            yield None
        taken = bytes(self._held[self._at : self._at + size])
        self._at += size
        self._taken += size
        return taken

    def _number(self, size: int) -> Generator[bytes | None, None, int]:
        return int.from_bytes((yield from self._take(size)), "little")

    def _frames(self) -> _Parser:
        magic = yield from self._number(4)
        while True:
            self._between, self.position = False, self._taken - 4
            if _is_skippable(magic):
                yield from self._skip((yield from self._number(4)))
            elif magic == ZSTD_MAGIC:
                yield from self._zstd_frame()
            elif magic == LZ4_MAGIC:
                yield from self._lz4_frame()
            elif magic == LZ4_LEGACY_MAGIC:
                magic = yield from self._legacy_frame()
                continue
            elif self.position:
                raise CodecError("something that is no frame follows")
            else:
                raise NotCompressed("it does not begin as zstd or lz4 do")
            self._between = True
            magic = yield from self._number(4)

    def _skip(self, size: int) -> _Parser:
        while size:
            size -= len((yield from self._take(min(size, _MOST_BLOCK))))

    def _zstd_frame(self) -> _Parser:
        head = ZSTD_START + (yield from self._take(1))
        length = _zstd(zstandard.frame_header_size, head)
        head += yield from self._take(length - len(head))
        parameters = _zstd(zstandard.get_frame_parameters, head)
        if parameters.window_size > 1 << MAX_WINDOW_LOG or parameters.dict_id:
            raise NotDecodable("its window is too large, or it needs a dictionary")
        decoder = zstandard.ZstdDecompressor(max_window_size=1 << MAX_WINDOW_LOG)
        coder = decoder.decompressobj(write_size=_MOST_BLOCK)
        yield _zstd(coder.decompress, head)
        last = False
        while not last:
            self.position = self._taken
            head = yield from self._take(3)
            field = int.from_bytes(head, "little")
            last, size = bool(field & 1), field >> 3
            stored = 1 if field >> 1 & 3 == _RLE_BLOCK else size
            if size > _MOST_BLOCK:
                raise CodecError("a block is larger than it may be")
            body = yield from self._take(stored)
            tail = (yield from self._take(4)) if last and parameters.has_checksum else b""
            yield _zstd(coder.decompress, head + body + tail)
        if not coder.eof:
            raise CodecError("a frame does not end where it should")

    def _lz4_frame(self) -> _Parser:
        head = LZ4_MAGIC.to_bytes(4, "little") + (yield from self._take(3))
        flags = head[_LZ4_FLAGS_AT]
        head += yield from self._take((8 if flags & 8 else 0) + (4 if flags & 1 else 0))
        header = decode_lz4_header(head)
        if header.dictionary:
            raise NotDecodable("it needs a dictionary")
        digest, history, count = xxhash.xxh32(), b"", 0
        self.position = self._taken
        while length := (yield from self._number(4)):
            size = length & ~UNCOMPRESSED
            if not 0 < size <= header.most:
                raise CodecError("a block is larger than it may be")
            body = yield from self._take(size)
            if header.block_checksums:
                _compare(xxhash.xxh32_intdigest(body), (yield from self._number(4)))
            content = bytes(decode_block(memoryview(body), length, header.most, history))
            count += len(content)
            digest.update(content)
            if header.linked:
                history = (history + content[-_HISTORY:])[-_HISTORY:]
            yield content
            self.position = self._taken
        if header.content not in (None, count):
            raise CodecError("its content has another size than its header says")
        if header.content_checksum:
            _compare(digest.intdigest(), (yield from self._number(4)))

    def _legacy_frame(self) -> Generator[bytes | None, None, int]:
        """Such a frame has no end mark: what follows it is its length field, too. Returns that."""
        while True:
            self._between, self.position = True, self._taken
            length = yield from self._number(4)
            if length in _MAGICS or _is_skippable(length):
                return length
            self._between = False
            if not 0 < length <= LONGEST_LEGACY:
                raise CodecError("a block is larger than it may be")
            body = yield from self._take(length)
            yield bytes(decode_block(memoryview(body), length, LEGACY_BLOCK))


def _is_skippable(magic: int) -> bool:
    return SKIPPABLE_MIN <= magic <= SKIPPABLE_MAX


def _zstd(call: Callable[[bytes], Result], data: bytes) -> Result:
    try:
        return call(data)
    except zstandard.ZstdError as error:
        raise CodecError("a block cannot be decoded, or its checksum does not match") from error


def _compare(found: int, stored: int) -> None:
    if found != stored:
        raise CodecError("a checksum does not match")
