"""tar.zst: frames alone, and a seek table as the last bytes (docs/format.md, sections 1 and 8)."""

from array import array
from collections.abc import Sequence

from zpack import codecs
from zpack.codecs import (
    SEEK_TABLE_FOOTER,
    ZSTD_FRAMES,
    FrameTable,
    SeekTable,
    SeekTableError,
    decode_seek_table,
    encode_seek_table,
    seek_table_length,
)
from zpack.codecs.coding import Encoder
from zpack.native.file_end import FileEnd
from zpack.native.layout import LayoutError
from zpack.native.locator import LOCATOR_LENGTH, Locator
from zpack.native.profile import Profile
from zpack.records import mutable_record


class _Bare:
    """Nothing stands around zstd frames."""

    checksum = 0
    wants_content = False

    @property
    def profile(self) -> Profile:
        return TAR_ZST

    def __init__(self, rewritable: bool) -> None:
        del rewritable

    def begin(self) -> bytes:
        return b""

    def add(self, content: "memoryview[int]") -> None:
        del content

    def end(self) -> bytes:
        return b""


def _encoder(level: int, frame_content: int, long_distance: bool) -> Encoder:
    return codecs.zstd_encoder(level, frame_content, long_distance=long_distance)


def _encode_closing(frames: FrameTable, trailing: Sequence[int]) -> bytes:
    csizes, dsizes = array("I", frames.csize), array("I", frames.dsize)
    csizes.extend(trailing)
    dsizes.extend([0] * len(trailing))
    return encode_seek_table(SeekTable(csizes, dsizes))


@mutable_record
class _SeekTableClosing:
    table: SeekTable
    locator_at: int

    def check(self, frames: FrameTable, locator: Locator) -> None:
        del locator
        table, count = self.table, len(frames)
        trailing = table.csizes[count:]
        if memoryview(table.csizes[:count]) != frames.csize or any(table.dsizes[count:]):
            raise LayoutError("the seek table and the index name other frames")
        if memoryview(table.dsizes[:count]) != frames.dsize:
            raise LayoutError("the seek table and the index name other frames")
        if sum(trailing) != self.locator_at + LOCATOR_LENGTH - frames.end:
            raise LayoutError("the seek table and the index name other frames")

    def check_whole(
        self, end: FileEnd, frames: FrameTable, locator: Locator, trailing: Sequence[int]
    ) -> None:
        del end, locator
        if self.table.csizes[len(frames) :] != array("I", trailing):
            raise LayoutError("the seek table does not list the trailing frames")


def _read_closing(end: FileEnd) -> _SeekTableClosing:
    try:
        length = seek_table_length(
            end.read(max(0, end.size - SEEK_TABLE_FOOTER), min(end.size, SEEK_TABLE_FOOTER))
        )
        table = decode_seek_table(end.read(end.size - length, length))
    except SeekTableError as error:
        raise LayoutError(str(error)) from error
    if sum(table.csizes) != end.size - length:
        raise LayoutError("the seek table does not fit the file")
    if table.csizes[-1:] != array("I", [LOCATOR_LENGTH]) or end.read(end.size - 5, 1) != b"\0":
        raise LayoutError("the seek table has no locator before it")
    return _SeekTableClosing(table, end.size - length - LOCATOR_LENGTH)


TAR_ZST = Profile(
    name="tar.zst",
    coding=ZSTD_FRAMES,
    most_content=64 << 20,
    begins=(0,),
    end_length=0,
    lz4=False,
    levels=range(1, 23),
    encoder=_encoder,
    envelope=_Bare,
    encode_closing=_encode_closing,
    read_closing=_read_closing,
)
