"""Give an archive a recovery record, or one of another size."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from zpack.errors import ArchiveBusy, NotEditable, NotWhole, RequestRefused, ZpackError
from zpack.filesystem import AtomicFile, SourceFile, Spool, lock_for_change
from zpack.jobs import Control, NestedControl
from zpack.native.archive import Archive
from zpack.native.recovery_geometry import Geometry, choose_geometry
from zpack.native.recovery_writer import write_record
from zpack.native.tail import Tail
from zpack.native.tail_check import section_lengths
from zpack.native.tail_writer import encode_ending
from zpack.operations.byte_copies import append_bytes, stepper
from zpack.operations.create_verify import verify_written
from zpack.operations.edit_check import check_place, check_room
from zpack.operations.opening import open_for
from zpack.operations.recovery_record import check_percent
from zpack.operations.repair_check import target_faults
from zpack.operations.reports import AddRecoveryReport, Proof
from zpack.operations.request_types import check_types
from zpack.operations.requests import AddRecoveryRequest, VerifyRequest
from zpack.operations.verify import verify

_MAKE_NEW = "Make a zpack archive of it first: extract it, and create a new one of what came out."
_JOIN = "Name another place for the new archive (-o)."


def add_recovery(request: AddRecoveryRequest, control: Control) -> AddRecoveryReport:
    """Write the archive anew with a recovery record, once it is proven to be whole.

    What has its name is the old one or the new one, whatever happens. Raises
    :class:`RequestRefused`, the errors of ``open_readable``, :class:`NotWhole`,
    :class:`ArchiveChanged`, errors of the system, and ``Cancelled``, each leaving the old one.
    """
    check_types(request, AddRecoveryRequest)
    started = time.monotonic()
    _check(request)
    with open_for(request.archive, control, every_row=True) as archive:
        tail = _usable_tail(archive, request)
        _check_whole(archive, request, control)
        with _target(request, archive, control) as target:
            geometry = _write(archive.source, tail, request.percent, target, control)
            verify_written(target, target.target, request.threads, control)
            control.progress.phase = "saving"
            target.commit(archive.source.check_in_place if request.target is None else None)
    return AddRecoveryReport(
        archive=request.target or request.archive,
        percent=request.percent,
        record_size=geometry.end - geometry.protected,
        burst=geometry.burst,
        bytes_out=target.written,
        seconds=time.monotonic() - started,
    )


def _check(request: AddRecoveryRequest) -> None:
    faults: list[ZpackError] = check_percent(request.percent)
    if request.target is not None:
        faults += target_faults(request.target, (request.archive,), overwrite=request.overwrite)
    if faults:
        raise RequestRefused(faults)


def _usable_tail(archive: Archive, request: AddRecoveryRequest) -> Tail:
    path = archive.source.path
    if archive.tail is None and not archive.marked:
        raise RequestRefused([NotEditable(path, "was not made by zpack", _MAKE_NEW)])
    if archive.tail is None:
        raise NotWhole(path, archive.tail_fault)
    if request.target is None and archive.source.volumes:
        why = "is in several volumes, which are not changed in place"
        raise RequestRefused([NotEditable(path, why, _JOIN)])
    if request.target is None:
        faults = check_place(path)
        if not lock_for_change(archive.source.fd):
            faults.append(ArchiveBusy(path))
        if faults:
            raise RequestRefused(faults)
    # What is there now, and the record: at most about so much.
    needed = archive.source.size * (100 + request.percent) // 100
    if faults := check_room(request.target or path, needed):
        raise RequestRefused(faults)
    return archive.tail


def _check_whole(archive: Archive, request: AddRecoveryRequest, control: Control) -> None:
    """A record must not be made of damage."""
    control.progress.phase = "verifying"
    nested = NestedControl(control)
    report = verify(VerifyRequest(request.archive, request.threads), nested)
    nested.share()
    if report.proof is not Proof.PROVEN:
        problems = report.problems
        raise NotWhole(archive.source.path, problems[0].details if problems else "it has no proof")
    archive.source.check_unchanged()


@contextmanager
def _target(
    request: AddRecoveryRequest, archive: Archive, control: Control
) -> Iterator[AtomicFile]:
    place, overwrite = request.target, request.overwrite
    if place is None:
        place, overwrite = request.archive, True
    with AtomicFile(place, overwrite=overwrite, check=control.check) as target:
        if request.target is None:
            target.keep_owner(archive.source.found)
        yield target


def _write(
    source: SourceFile, tail: Tail, percent: int, target: AtomicFile, control: Control
) -> Geometry:
    locator, step = tail.locator, stepper(control)
    protected = (locator.digests or locator.index).end
    control.progress.phase = "protecting"
    control.progress.bytes_total += 2 * protected
    _copy(source, protected, target, control)
    wanted = choose_geometry(protected, locator.index.offset, percent, lz4=locator.lz4)
    with Spool(os.path.dirname(target.temporary), target.target) as spool:
        geometry = write_record(wanted, source, spool, target.write, step)
    lengths = section_lengths(source, tail)
    target.write(encode_ending(locator, tail.frames, lengths, tail.profile, geometry))
    return geometry


def _copy(source: SourceFile, length: int, target: AtomicFile, control: Control) -> None:
    step = stepper(control)
    if source.volumes:
        append_bytes(target, source, 0, length, step)
    else:
        target.append_from(source.fd, 0, length, step)
