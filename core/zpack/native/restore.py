"""Puts an archive together again from its recovery record, byte for byte."""

from collections.abc import Callable

import xxhash

from zpack.filesystem import SourceFile, Spool
from zpack.native.image_file import ImageEnd
from zpack.native.index import decode_index
from zpack.native.layout import DIGESTS_TAG, INDEX_TAG, LayoutError, decode_section
from zpack.native.locator import Locator, Section
from zpack.native.lz4_profile import TAR_LZ4
from zpack.native.profile import Profile
from zpack.native.record_solver import solve
from zpack.native.recovery_encoder import RecordEncoder
from zpack.native.recovery_geometry import Geometry
from zpack.native.restore_plan import NotRestored, Plan, begins_archive, stretches_of
from zpack.native.section_walk import sections_between
from zpack.native.tail import Tail
from zpack.native.tail_writer import encode_ending
from zpack.native.zstd_profile import TAR_ZST
from zpack.records import record, replace

_CONTENT_CHECKSUM = 4

Step = Callable[[int], None]


class RestoredBytes:
    """What a record protects, as far as it was found or can be computed; zeros for what cannot.
    ``gone``: where those are. Lost parts are computed at once, and kept in ``spool``. For any
    thread.

    Raises errors of the system.
    """

    def __init__(self, plan: Plan, spool: Spool, step: Step) -> None:
        self._geometry, self._found, self._spool = plan.geometry, plan.found, spool
        wrong = solve(plan.record, plan.found, spool, step)
        self._gone = {*plan.losses.final, *wrong}
        self.gone = stretches_of(plan.geometry, sorted(self._gone))

    def read(self, length: int, offset: int) -> bytes:
        """Bytes at an offset of the archive as it was."""
        size, parts = self._geometry.share_size, []
        end = min(offset + length, self._geometry.protected)
        while offset < end:
            share, inside = divmod(offset, size)
            count = min(end - offset, size - inside)
            parts.append(self._piece(share, inside, count))
            offset += count
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _piece(self, share: int, inside: int, count: int) -> bytes:
        if self._found.has(share):
            return self._found.read_part(share, inside, count)
        if share in self._gone:
            return bytes(count)
        return self._spool.read(count, share * self._geometry.share_size + inside)


@record
class Restored:
    """``tail`` of the archive as it was; ``ending`` is what follows its record."""

    tail: Tail
    ending: bytes


def read_restored(plan: Plan, image: SourceFile) -> Restored:
    """What an archive says of itself whose index is whole. Raises :class:`NotRestored`."""
    try:
        restored = _ending(plan.geometry, image)
    except LayoutError as error:
        raise NotRestored(f"its recovery record protects no archive: {error}") from error
    _check_end(plan, len(restored.ending))
    return restored


def write_rest(
    plan: Plan,
    image: SourceFile,
    restored: Restored,
    spool: Spool,
    write: Callable[[bytes], None],
    step: Step,
) -> None:
    """Behind what is protected, which ``image`` has whole, write record, locator and what closes
    the file. Raises :class:`NotRestored` if the record does not come out as it was, and errors of
    the system."""
    encoder = RecordEncoder(plan.geometry, image.pread, spool, step)
    encoder.encode()
    if encoder.geometry != plan.geometry:
        raise NotRestored("its recovery record contradicts itself")
    for piece in encoder.frames():
        step(0)
        write(piece)
    write(restored.ending)


def _check_end(plan: Plan, ending: int) -> None:
    """An archive inside of another has more behind it than its own end."""
    geometry, found = plan.geometry, plan.found
    there = next((n for n in range(geometry.data_shares) if found.has(n)), 0)
    if not found.has(there) or found.at(there) <= geometry.share_at(there):
        return
    shift = found.at(there) - geometry.share_at(there)
    behind = found.copy_of(there).size - shift - geometry.end
    if behind > ending and any(map(begins_archive, plan.record.copies)):
        raise NotRestored("its recovery record is that of an archive inside of it")


def _ending(geometry: Geometry, image: SourceFile) -> Restored:
    profile: Profile = TAR_LZ4 if geometry.lz4 else TAR_ZST
    places = sections_between(image.pread, geometry.index_at, geometry.protected)
    if [tag for tag, _, _ in places] not in ([INDEX_TAG], [INDEX_TAG, DIGESTS_TAG]):
        raise LayoutError("there is no index where it should be")
    lengths, sections = [], []
    for _, start, parts in places:
        data = image.pread(sum(parts), start)
        sections.append(Section(start, len(data), xxhash.xxh3_128_digest(data)))
        lengths += parts
    body = decode_section(INDEX_TAG, image.pread(sections[0].length, sections[0].offset))
    listing, frames = decode_index(body)
    locator = Locator(
        index=sections[0],
        digests=sections[1] if len(sections) > 1 else None,
        recovery=None,
        tar_size=sum(frames.dsize),
        frames=len(frames),
        lz4=geometry.lz4,
        content_checksum=_content_checksum(geometry, image),
    )
    ending = encode_ending(locator, frames, lengths, profile, geometry)
    frames = replace(frames, coding=profile.coding)
    return Restored(Tail(listing, frames, locator, profile, ImageEnd(geometry.end)), ending)


def _content_checksum(geometry: Geometry, image: SourceFile) -> int:
    if not geometry.lz4:
        return 0
    place = geometry.index_at - _CONTENT_CHECKSUM
    return int.from_bytes(image.pread(_CONTENT_CHECKSUM, max(0, place)), "little")
