"""Reads what follows the tar, and believes it only if everything fits (docs/format.md, 9)."""

from array import array
from itertools import accumulate

import xxhash

from zpack.codecs import FrameTable
from zpack.entries import Listing, column_names
from zpack.filesystem import SourceFile
from zpack.native.file_end import FileEnd
from zpack.native.index import decode_digests, decode_index, index_columns
from zpack.native.layout import (
    DIGESTS_TAG,
    INDEX_TAG,
    LayoutError,
    NewerVersion,
    decode_section,
)
from zpack.native.locator import LOCATOR_LENGTH, Locator, Section, decode_locator
from zpack.native.lz4_profile import TAR_LZ4
from zpack.native.profile import Closing, Profile
from zpack.native.zstd_profile import TAR_ZST
from zpack.records import record, replace
from zpack.tar import BLOCK

PROFILES = (TAR_ZST, TAR_LZ4)
_SHORTEST = 2  # marker and end


@record
class Tail:
    """An index that can be believed, and where the rest is."""

    listing: Listing
    frames: FrameTable
    locator: Locator
    profile: Profile
    closing: Closing


def read_tail(source: SourceFile) -> Tail:
    """Read locator, index and what follows them. Raises :class:`LayoutError` if one is wrong."""
    end = FileEnd(source)
    profile, closing, locator = _read_locator(end)
    _check_sections(locator, closing.locator_at)
    index = read_section(end, locator.index)
    listing, frames = decode_index(decode_section(INDEX_TAG, index))
    frames = replace(frames, coding=profile.coding)
    check_frames(frames, locator, profile)
    closing.check(frames, locator)
    return Tail(listing, frames, locator, profile, closing)


def read_digests(source: SourceFile, tail: Tail) -> bytes | None:
    """16 bytes a row, or None if the archive has none. Raises :class:`LayoutError`."""
    if tail.locator.digests is None:
        return None
    data = read_section(FileEnd(source, ahead=0), tail.locator.digests)
    return decode_digests(decode_section(DIGESTS_TAG, data), len(tail.listing))


def unknown_columns(source: SourceFile, tail: Tail) -> set[str]:
    """Columns of the index that this version would not write: who writes an index anew loses them.

    Raises :class:`LayoutError`.
    """
    index = read_section(FileEnd(source, ahead=0), tail.locator.index)
    known = {column.name for column in index_columns(tail.listing, tail.frames)}
    return column_names(decode_section(INDEX_TAG, index)) - known


def _read_locator(end: FileEnd) -> tuple[Profile, Closing, Locator]:
    """The locator stands at another place in each profile, and says of which it is."""
    faults: list[LayoutError] = []
    for profile in PROFILES:
        try:
            closing = profile.read_closing(end)
            locator = decode_locator(end.read(closing.locator_at, LOCATOR_LENGTH))
        except NewerVersion:
            raise
        except LayoutError as fault:
            faults.append(fault)
            continue
        if locator.lz4 == profile.lz4:
            return profile, closing, locator
        faults.append(LayoutError("the locator is that of another kind of archive"))
    raise faults[0]


def read_section(end: FileEnd, section: Section) -> bytes:
    """All of it, as it stands in the file. Raises :class:`LayoutError`."""
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


def check_frames(frames: FrameTable, locator: Locator, profile: Profile) -> None:
    """That frames tile the file and sum up as the locator says. Raises :class:`LayoutError`."""
    if len(frames) != locator.frames or len(frames) < _SHORTEST:
        raise LayoutError("the index and the locator name other frames")
    begin = frames.offset[0]
    if begin not in profile.begins:
        raise LayoutError("the first frame does not stand at the beginning")
    expected = array("Q", accumulate(frames.csize, initial=begin))
    end = expected.pop() + profile.end_length
    if end != locator.index.offset or memoryview(expected) != frames.offset:
        raise LayoutError("the frames do not follow one another")
    if sum(frames.dsize) != locator.tar_size or max(frames.dsize) > profile.most_content:
        raise LayoutError("the frames' content has another size than the locator says")
    if any(size % BLOCK or not size for size in frames.dsize):
        raise LayoutError("a frame's content has a size that makes no sense")
