"""Writes all that follows the data: index, digests, recovery, locator and what closes the file."""

from collections.abc import Callable
from typing import Protocol

import xxhash

from zpack.codecs import FrameTable
from zpack.entries import ListingBuilder
from zpack.native.index import encode_digests, encode_index
from zpack.native.layout import DIGESTS_TAG, INDEX_TAG, encode_section, section_frames
from zpack.native.locator import LOCATOR_LENGTH, Locator, Section, encode_locator
from zpack.native.profile import Profile
from zpack.native.recovery_geometry import Geometry
from zpack.records import replace


class Record(Protocol):
    """Writes a recovery record behind ``protected`` bytes, which are written already."""

    def write(self, protected: int, index_at: int, profile: Profile) -> Geometry:
        """Returns where all of it is."""
        ...


def write_tail(
    rows: ListingBuilder,
    frames: FrameTable,
    digests: "bytes | bytearray | None",
    profile: Profile,
    content_checksum: int,
    write: Callable[[bytes], None],
    record: Record | None = None,
) -> None:
    """For rows that are placed. Without ``digests`` the archive has none."""
    locator, sections = _sections(rows, frames, digests, profile, content_checksum)
    for section in sections:
        write(section)
    geometry = None
    if record is not None:
        protected = (locator.digests or locator.index).end
        geometry = record.write(protected, locator.index.offset, profile)
    lengths = [length for section in sections for length in section_frames(section)]
    write(encode_ending(locator, frames, lengths, profile, geometry))


def encode_ending(
    locator: Locator,
    frames: FrameTable,
    lengths: list[int],
    profile: Profile,
    geometry: Geometry | None,
) -> bytes:
    """What follows all sections. ``lengths`` are those of the frames of index and digests;
    ``geometry`` tells of the recovery record, if there is one; the locator doesn't know it yet."""
    if geometry is not None:
        section = Section(geometry.protected, geometry.end - geometry.protected)
        locator, lengths = replace(locator, recovery=section), lengths + geometry.part_lengths
    closing = profile.encode_closing(frames, [*lengths, LOCATOR_LENGTH])
    return encode_locator(locator) + closing


def _sections(
    rows: ListingBuilder,
    frames: FrameTable,
    digests: "bytes | bytearray | None",
    profile: Profile,
    content_checksum: int,
) -> tuple[Locator, list[bytes]]:
    listing = rows.build()
    bodies = [(INDEX_TAG, encode_index(listing, frames))]
    if digests is not None:
        bodies.append((DIGESTS_TAG, encode_digests(len(listing), digests)))
    sections = [b"".join(encode_section(tag, body)) for tag, body in bodies]
    places, at = [], frames.end + profile.end_length
    for section in sections:
        places.append(Section(at, len(section), xxhash.xxh3_128_digest(section)))
        at += len(section)
    locator = Locator(
        index=places[0],
        digests=places[1] if digests is not None else None,
        recovery=None,
        tar_size=sum(frames.dsize),
        frames=len(frames),
        lz4=profile.lz4,
        content_checksum=content_checksum,
    )
    return locator, sections
