"""Puts an archive together again from its recovery record, byte for byte."""

from collections.abc import Callable

from zpack.entries import ListingError
from zpack.filesystem import SourceFile, Spool
from zpack.native.description_search import describe
from zpack.native.layout import LayoutError
from zpack.native.record_solver import solve
from zpack.native.recovery_encoder import RecordEncoder
from zpack.native.recovery_geometry import Geometry
from zpack.native.restore_plan import NotRestored, Plan, begins_archive, stretches_of
from zpack.native.tail import Tail
from zpack.native.tail_writer import encode_ending
from zpack.records import record

Step = Callable[[int], None]


class RestoredBytes:
    """What a record protects, as far as it was found or can be computed. ``gone`` is what cannot:
    there it has what stands in that place, with which little may be wrong. Lost parts are computed
    at once, and kept in ``spool``. For any thread.

    Raises errors of the system.
    """

    def __init__(self, plan: Plan, spool: Spool, step: Step) -> None:
        self._geometry, self._found, self._spool = plan.geometry, plan.found, spool
        wrong = solve(plan.record, plan.found, spool, step)
        gone = sorted({*plan.losses.final, *wrong})
        self.gone = stretches_of(plan.geometry, gone)
        self._gone = plan.found.neighbours(gone)

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
            copy, shift = self._gone[share]
            piece = copy.pread(count, self._geometry.share_at(share) + shift + inside)
            return piece + bytes(count - len(piece))
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
    except (LayoutError, ListingError) as error:
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
    encoder.write(write)
    write(restored.ending)


def _check_end(plan: Plan, ending: int) -> None:
    """An archive inside of another has more behind it than its own end."""
    geometry, found = plan.geometry, plan.found
    there = next((n for n in range(geometry.data_shares) if found.has(n)), 0)
    if not found.has(there) or found.at(there) <= geometry.share_at(there):
        return
    shift, copy = found.at(there) - geometry.share_at(there), found.copy_of(there)
    if copy.size - shift - geometry.end > ending and begins_archive(copy):
        raise NotRestored("its recovery record is that of an archive inside of it")


def _ending(geometry: Geometry, image: SourceFile) -> Restored:
    found = describe(image.pread, geometry.index_at, geometry.protected)
    whole = len(found.sections) == geometry.protected - geometry.index_at
    if not whole or found.shift or found.tail.profile.lz4 != geometry.lz4:
        raise LayoutError("the index is not where it should be")
    tail = found.tail
    lengths = list(found.lengths)
    return Restored(tail, encode_ending(tail.locator, tail.frames, lengths, tail.profile, geometry))
