"""Reads what follows the tar, and believes it only if everything fits (docs/format.md, 9)."""

from array import array
from dataclasses import dataclass
from itertools import accumulate

import xxhash

from zpack.codecs import (
    SEEK_TABLE_FOOTER,
    FrameTable,
    SeekTable,
    SeekTableError,
    decode_seek_table,
    seek_table_length,
)
from zpack.entries import Listing, column_names
from zpack.errors import ReadFailed
from zpack.filesystem import SourceFile
from zpack.native.index import decode_digests, decode_index, index_columns
from zpack.native.layout import (
    DIGESTS_TAG,
    INDEX_TAG,
    MAX_FRAME_CONTENT,
    LayoutError,
    decode_section,
    section_frames,
)
from zpack.native.locator import LOCATOR_LENGTH, Locator, Section, decode_locator
from zpack.tar import BLOCK

_AHEAD = 64 << 10  # one read gets seek table, locator and the index of a small archive
_SHORTEST = 2  # marker and end


@dataclass(frozen=True, slots=True)
class Tail:
    """An index that can be believed, and where the rest is."""

    listing: Listing
    frames: FrameTable
    locator: Locator
    seek_table: SeekTable


def read_tail(source: SourceFile) -> Tail:
    """Read seek table, locator and index. Raises :class:`LayoutError` if one is not right."""
    end = _End(source)
    seek_table = _read_seek_table(end)
    locator_at = end.size - _length_of(seek_table) - LOCATOR_LENGTH
    locator = decode_locator(end.read(locator_at, LOCATOR_LENGTH))
    _check_sections(locator, locator_at)
    index = _read_section(end, locator.index)
    listing, frames = decode_index(decode_section(INDEX_TAG, index))
    _check_frames(frames, locator)
    _check_seek_table(seek_table, frames, locator_at)
    return Tail(listing, frames, locator, seek_table)


def read_digests(source: SourceFile, tail: Tail) -> bytes | None:
    """16 bytes a row, or None if the archive has none. Raises :class:`LayoutError`."""
    if tail.locator.digests is None:
        return None
    data = _read_section(_End(source, ahead=0), tail.locator.digests)
    return decode_digests(decode_section(DIGESTS_TAG, data), len(tail.listing))


def check_seek_table_whole(source: SourceFile, tail: Tail) -> None:
    """That the seek table lists the trailing frames one by one. Raises :class:`LayoutError`."""
    end = _End(source)
    lengths = section_frames(_read_section(end, tail.locator.index))
    if tail.locator.digests is not None:
        lengths += section_frames(_read_section(end, tail.locator.digests))
    if tail.locator.recovery is not None:
        place = tail.locator.recovery
        lengths += section_frames(end.read(place.offset, place.length))
    lengths.append(LOCATOR_LENGTH)
    if tail.seek_table.csizes[len(tail.frames) :] != array("I", lengths):
        raise LayoutError("the seek table does not list the trailing frames")


def unknown_columns(source: SourceFile, tail: Tail) -> set[str]:
    """Columns of the index that this version would not write: who writes an index anew loses them.

    Raises :class:`LayoutError`.
    """
    index = _read_section(_End(source, ahead=0), tail.locator.index)
    known = {column.name for column in index_columns(tail.listing, tail.frames)}
    return column_names(decode_section(INDEX_TAG, index)) - known


class _End:
    """Reads from a file of which the last ``ahead`` bytes are at hand."""

    def __init__(self, source: SourceFile, ahead: int = _AHEAD) -> None:
        self._source = source
        self.size = source.size
        self._start = max(0, source.size - ahead)
        try:
            self._data = source.pread(source.size - self._start, self._start)
        except ReadFailed:  # a bad spot, perhaps in what is not even wanted
            self._start, self._data = self.size, b""

    def read(self, offset: int, length: int) -> bytes:
        if offset < 0 or length < 0 or offset + length > self.size:
            raise LayoutError("a section lies outside of the file")
        if offset >= self._start:
            return self._data[offset - self._start : offset - self._start + length]
        try:
            data = self._source.pread(length, offset)
        except ReadFailed as error:
            raise LayoutError("the disk cannot read what follows the files") from error
        if len(data) != length:
            raise LayoutError("the file was cut while it was read")
        return data


def _read_seek_table(end: _End) -> SeekTable:
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
    return table


def _length_of(table: SeekTable) -> int:
    return 8 + 8 * len(table.csizes) + SEEK_TABLE_FOOTER


def _read_section(end: _End, section: Section) -> bytes:
    data = end.read(section.offset, section.length)
    if xxhash.xxh3_128_digest(data) != section.digest:
        raise LayoutError("a section's checksum does not match")
    return data


def _check_sections(locator: Locator, locator_at: int) -> None:
    at = locator.index.offset
    for section in (locator.index, locator.digests, locator.recovery):
        if section is not None:
            if section.offset != at:
                raise LayoutError("the sections do not follow one another")
            at = section.end
    if at != locator_at:
        raise LayoutError("the sections do not follow one another")


def _check_frames(frames: FrameTable, locator: Locator) -> None:
    if len(frames) != locator.frames or len(frames) < _SHORTEST:
        raise LayoutError("the index and the locator name other frames")
    expected = array("Q", accumulate(frames.csize, initial=0))
    if expected.pop() != locator.index.offset or memoryview(expected) != frames.offset:
        raise LayoutError("the frames do not follow one another")
    if sum(frames.dsize) != locator.tar_size or max(frames.dsize) > MAX_FRAME_CONTENT:
        raise LayoutError("the frames' content has another size than the locator says")
    if any(size % BLOCK or not size for size in frames.dsize):
        raise LayoutError("a frame's content has a size that makes no sense")


def _check_seek_table(table: SeekTable, frames: FrameTable, locator_at: int) -> None:
    count = len(frames)
    trailing = table.csizes[count:]
    if memoryview(table.csizes[:count]) != frames.csize or any(table.dsizes[count:]):
        raise LayoutError("the seek table and the index name other frames")
    if memoryview(table.dsizes[:count]) != frames.dsize:
        raise LayoutError("the seek table and the index name other frames")
    if sum(trailing) != locator_at + LOCATOR_LENGTH - frames.end:
        raise LayoutError("the seek table and the index name other frames")
