"""What the recovery record of damaged copies can bring back."""

from collections.abc import Callable, Sequence

from zpack.codecs import LZ4_MAGIC, ZSTD_START
from zpack.filesystem import SourceFile
from zpack.native.record_copies import Copy, Record, find_record, open_copies
from zpack.native.record_solver import Losses, count_losses
from zpack.native.recovery_geometry import HEAD_SIZE, Geometry, encode_head
from zpack.native.share_finder import FoundShares, find_shares
from zpack.records import mutable_record, record

_MAGICS = {ZSTD_START, LZ4_MAGIC.to_bytes(4, "little")}


class NotRestored(Exception):
    """The record cannot bring the archive back, or is not to be believed. The message says why."""


@record
class Stretch:
    """Some bytes of a file."""

    offset: int
    length: int

    @property
    def end(self) -> int:
        """The offset after it."""
        return self.offset + self.length


@mutable_record
class Plan:
    """What the record of some damaged copies can do."""

    record: Record
    found: FoundShares
    losses: Losses
    damaged: list[Stretch]

    @property
    def geometry(self) -> Geometry:
        """That of the record."""
        return self.record.geometry

    @property
    def is_whole(self) -> bool:
        """Whether all heads, pages and shares stand in their places in the first copy."""
        geometry, copy = self.geometry, self.record.copies[0]
        for part in range(geometry.parts):
            at = geometry.part_at(part)
            if copy.pread(HEAD_SIZE, at) != encode_head(geometry, part):
                return False
            if copy.pread(geometry.table_size, at + HEAD_SIZE) != self.record.table.pages():
                return False
        return not self.damaged and copy.shifts == [0] and self.found.all_in(copy)

    @property
    def restores_all(self) -> bool:
        """Whether all of the archive comes back."""
        return not self.losses.final


def plan_restoration(sources: Sequence[SourceFile], check: Callable[[], None]) -> Plan | None:
    """Look at damaged copies of one archive; None if no recovery record is found. Reads all of
    them, and writes nothing."""
    record = find_record(open_copies(sources), check)
    if record is None:
        return None
    found = find_shares(record, check)
    _check_own(found)
    geometry = record.geometry
    shares = found.missing(0, geometry.shares)
    return Plan(record, found, count_losses(geometry, found), stretches_of(geometry, shares))


def _check_own(found: FoundShares) -> None:
    """Raises :class:`NotRestored` if it is the record of an archive inside of this one."""
    if found.has(0) and found.at(0) > 0 and begins_archive(found.copy_of(0)):
        raise NotRestored("its recovery record is that of an archive inside of it")


def begins_archive(copy: Copy) -> bool:
    """Whether its first bytes are those of an archive."""
    return copy.pread(4, 0) in _MAGICS


def stretches_of(geometry: Geometry, shares: list[int]) -> list[Stretch]:
    """Shares as stretches of the file that they belong to."""
    stretches: list[Stretch] = []
    for share in shares:
        place = Stretch(geometry.share_at(share), geometry.share_length(share))
        if stretches and stretches[-1].end == place.offset:
            before = stretches.pop()
            place = Stretch(before.offset, before.length + place.length)
        stretches.append(place)
    return stretches
