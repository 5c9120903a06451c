"""tar.lz4: the blocks of one LZ4 frame (docs/format.md, section 11)."""

from collections.abc import Sequence

import xxhash

from zpack import codecs
from zpack.codecs import (
    LZ4_BLOCKS,
    LZ4_LEVELS,
    MAX_BLOCK,
    FrameTable,
    encode_lz4_header,
)
from zpack.native.file_end import FileEnd
from zpack.native.layout import LayoutError
from zpack.native.locator import LOCATOR_LENGTH, Locator
from zpack.native.profile import Profile
from zpack.records import mutable_record

_END_MARK = bytes(4)


class _Lz4Envelope:
    """The frame's header, with the content's size if that can be put in later, and its end."""

    wants_content = True  # for the checksum

    def __init__(self, rewritable: bool) -> None:
        self._tells_size = rewritable
        self._size = 0
        self._hash = xxhash.xxh32()
        self.checksum = 0

    @property
    def profile(self) -> Profile:
        return TAR_LZ4

    def begin(self) -> bytes:
        return encode_lz4_header(self._size if self._tells_size else None)

    def add(self, content: "memoryview[int]") -> None:
        self._size += len(content)
        self._hash.update(content)

    def end(self) -> bytes:
        self.checksum = self._hash.intdigest()
        return encode_lz4_end(self.checksum)


def encode_lz4_end(checksum: int) -> bytes:
    """What stands after the last block: end mark and content checksum."""
    return _END_MARK + checksum.to_bytes(4, "little")


def _encode_closing(frames: FrameTable, trailing: Sequence[int]) -> bytes:
    del frames, trailing
    return b""


@mutable_record
class _Lz4Closing:
    locator_at: int

    def check(self, frames: FrameTable, locator: Locator) -> None:
        """Nothing but the locator is there."""

    def check_whole(
        self, end: FileEnd, frames: FrameTable, locator: Locator, trailing: Sequence[int]
    ) -> None:
        del trailing
        begin = frames.offset[0]
        headers = (encode_lz4_header(locator.tar_size), encode_lz4_header(None))
        if end.read(0, begin) not in headers:
            raise LayoutError("its first bytes are not as they were written")
        expected = encode_lz4_end(locator.content_checksum)
        if end.read(frames.end, len(expected)) != expected:
            raise LayoutError("the end of its data is not as it was written")


def _read_closing(end: FileEnd) -> _Lz4Closing:
    return _Lz4Closing(end.size - LOCATOR_LENGTH)


TAR_LZ4 = Profile(
    name="tar.lz4",
    coding=LZ4_BLOCKS,
    most_content=MAX_BLOCK,
    begins=(len(encode_lz4_header(None)), len(encode_lz4_header(0))),
    end_length=len(encode_lz4_end(0)),
    lz4=True,
    levels=LZ4_LEVELS,
    encoder=lambda level, _content, _far: codecs.Lz4Encoder(level),
    envelope=_Lz4Envelope,
    encode_closing=_encode_closing,
    read_closing=_read_closing,
)
