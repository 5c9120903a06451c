"""Decodes zstd frames."""

from typing import IO, cast

import zstandard

from zpack.codecs.coding import Bytes, CodecError, Coding
from zpack.codecs.zstd import MAX_WINDOW_LOG

MAX_WHOLE = 16 << 20


class ZstdFrameReader:
    """One frame from its beginning. For one thread."""

    def __init__(self, reader: zstandard.ZstdDecompressionReader) -> None:
        self._reader = reader

    def readinto(self, view: "memoryview[int]") -> int:
        """As of every ``FrameReader``."""
        try:
            return self._reader.readinto(view)
        except zstandard.ZstdError as error:
            raise CodecError("a block cannot be decoded") from error


class _ZstdDecoder:
    def __init__(self) -> None:
        self._decoder = zstandard.ZstdDecompressor(max_window_size=1 << MAX_WINDOW_LOG)

    def open(
        self, stored: Bytes, length: int, content: int, *, at_once: bool, step: int
    ) -> ZstdFrameReader:
        del content
        if at_once and length <= MAX_WHOLE:
            # Given all of it, it decodes straight into the caller's view.
            return ZstdFrameReader(self._decoder.stream_reader(stored.read(length)))
        source = cast(IO[bytes], stored)  # all it needs is `read`
        return ZstdFrameReader(self._decoder.stream_reader(source, read_size=min(step, length)))


ZSTD_FRAMES = Coding("zst", _ZstdDecoder)
