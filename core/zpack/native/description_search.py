"""Finds what a damaged archive says of itself: its index and digests."""

from collections.abc import Callable, Iterator, Sequence

import xxhash

from zpack.codecs import FrameTable
from zpack.entries import Listing, ListingError, check_listing
from zpack.native.image_file import ImageEnd
from zpack.native.index import decode_digests, decode_index
from zpack.native.layout import DIGESTS_TAG, INDEX_TAG, LayoutError, decode_section
from zpack.native.locator import Locator, Section
from zpack.native.lz4_profile import TAR_LZ4
from zpack.native.profile import Profile
from zpack.native.record_copies import Copy
from zpack.native.section_walk import section_at
from zpack.native.tail import Tail, check_frames
from zpack.native.zstd_profile import TAR_ZST
from zpack.records import record, replace

_CHUNK = 4 << 20
_BEFORE_TAG = 8
_MOST_TRIED = 64
_CHECKSUM = 4

Pread = Callable[[int, int], bytes]


@record
class Description:
    """``tail`` as if the archive were whole, but for a recovery record. ``sections``: index and
    digests, byte for byte. ``shift``: how far behind its place it was found."""

    tail: Tail
    sections: bytes
    lengths: tuple[int, ...]
    shift: int

    @property
    def listing(self) -> Listing:
        """What the archive had in it."""
        return self.tail.listing

    @property
    def frames(self) -> FrameTable:
        """Where its data frames were."""
        return self.tail.frames

    @property
    def index_at(self) -> int:
        """Where the index was."""
        return self.tail.locator.index.offset


def find_description(copies: Sequence[Copy], check: Callable[[], None]) -> Description | None:
    """The best that any copy has: with digests, if one has them. Reads a file to its beginning if
    it has none."""
    best: Description | None = None
    for copy in copies:
        found = next(_descriptions(copy, check), None)
        if found is not None and (best is None or best.tail.locator.digests is None):
            best = found
        if found is not None:
            copy.learn(found.shift)
    return best


def _descriptions(copy: Copy, check: Callable[[], None]) -> Iterator[Description]:
    """From the end to the beginning, those that can be read."""
    tried = 0
    for at in _tags(copy, check):
        tried += 1
        if tried > _MOST_TRIED:
            return
        try:
            yield describe(copy.pread, at, copy.size)
        except (LayoutError, ListingError, IndexError):
            continue


def _tags(copy: Copy, check: Callable[[], None]) -> Iterator[int]:
    """Where index sections may begin, the last first."""
    end = copy.size
    while end > 0:
        check()
        begin = max(0, end - _CHUNK)
        data = copy.pread(end - begin + len(INDEX_TAG) - 1, begin)
        at = data.rfind(INDEX_TAG)
        while at >= 0:
            if begin + at >= _BEFORE_TAG:
                yield begin + at - _BEFORE_TAG
            at = data.rfind(INDEX_TAG, 0, at + len(INDEX_TAG) - 1)
        end = begin


def describe(pread: Pread, at: int, end: int) -> Description:
    """From an index section at ``at``, and digests behind it if they can be read. Raises
    :class:`LayoutError` and :class:`ListingError`."""
    lengths = section_at(pread, at, end, INDEX_TAG)
    index = pread(sum(lengths), at)
    listing, frames = decode_index(decode_section(INDEX_TAG, index))
    check_listing(listing)
    if not len(frames):
        raise LayoutError("the index names no frames")
    profile = _profile_of(frames)
    frames = replace(frames, coding=profile.coding)
    digests, more = _digests(pread, at + len(index), end, len(listing))
    place = frames.end + profile.end_length
    locator = Locator(
        index=_section(place, index),
        digests=_section(place + len(index), digests) if digests else None,
        recovery=None,
        tar_size=sum(frames.dsize),
        frames=len(frames),
        lz4=profile.lz4,
        content_checksum=_content_checksum(pread, at) if profile.lz4 else 0,
    )
    check_frames(frames, locator, profile)
    end_of_all = place + len(index) + len(digests)
    tail = Tail(listing, frames, locator, profile, ImageEnd(end_of_all))
    return Description(tail, index + digests, (*lengths, *more), at - place)


def _content_checksum(pread: Pread, index_at: int) -> int:
    """That of the LZ4 frame, which ends with it."""
    return int.from_bytes(pread(_CHECKSUM, index_at - _CHECKSUM), "little")


def _profile_of(frames: FrameTable) -> Profile:
    return TAR_LZ4 if frames.offset[0] in TAR_LZ4.begins else TAR_ZST


def _digests(pread: Pread, at: int, end: int, rows: int) -> tuple[bytes, list[int]]:
    """The section, empty if it cannot be read: its content has a checksum of its own."""
    try:
        lengths = section_at(pread, at, end, DIGESTS_TAG)
        data = pread(sum(lengths), at)
        decode_digests(decode_section(DIGESTS_TAG, data), rows)
    except LayoutError:
        return b"", []
    return data, lengths


def _section(at: int, data: bytes) -> Section:
    return Section(at, len(data), xxhash.xxh3_128_digest(data))
