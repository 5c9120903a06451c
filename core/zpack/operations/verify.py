"""Verify an archive: is it, byte for byte, what was put in?"""

import os
import time

from zpack import operations
from zpack.entries import NO_FRAME
from zpack.errors import ArchiveDamaged
from zpack.formats import open_unread
from zpack.jobs import Control, NestedControl, core_count
from zpack.native.archive import Archive
from zpack.native.index import DIGEST_SIZE
from zpack.native.layout import LayoutError
from zpack.native.tail_check import check_whole
from zpack.native.unread import Unread
from zpack.operations.damage import Depth
from zpack.operations.limits import LimitGuard
from zpack.operations.opening import open_for
from zpack.operations.proof_state import description_problems, proof_state
from zpack.operations.reports import CompareReport, VerifyReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import CompareRequest, VerifyRequest
from zpack.operations.verify_decoding import DecodingCheck
from zpack.operations.verify_findings import VerifyFindings
from zpack.operations.verify_frames import FrameCheck
from zpack.operations.verify_unindexed import unread_report
from zpack.records import replace


def verify(request: VerifyRequest, control: Control) -> VerifyReport:
    """Unpack every frame, compare every header with the index and every file with its digest; or,
    ``QUICK``, compare every compressed frame with its checksum, and unpack nothing.

    Damage is in the report, not raised; what raises is an archive of which nothing can be read
    (the errors of ``open_readable``), :class:`RequestRefused` for a folder that cannot be compared
    with, and ``Cancelled``.
    """
    check_types(request, VerifyRequest)
    if request.against is None:
        return _verify(request, control, None)
    root = operations.open_folder(request.against)
    try:
        return _verify(request, control, root)
    finally:
        os.close(root)


def _verify(request: VerifyRequest, control: Control, root: int | None) -> VerifyReport:
    started = time.monotonic()
    if request.depth is Depth.QUICK:
        with open_unread(request.archive, control.check) as found:
            if not isinstance(found, Unread):
                return _look_at(request, found, root, started, control)
            if root is None:
                found.source.check_unchanged()
                return unread_report(found, time.monotonic() - started)
        request = replace(request, depth=Depth.FULL)  # to compare, it has to be unpacked anyway
    guard = LimitGuard(request.archive, request.limits, control)
    with open_for(request.archive, control, every_row=True, guard=guard) as archive:
        return _look_at(request, archive, root, started, control)


def _look_at(
    request: VerifyRequest, archive: Archive, root: int | None, started: float, control: Control
) -> VerifyReport:
    findings = VerifyFindings(archive, control)
    digests = _check_description(archive, findings, control)
    threads = core_count(request.threads)
    if request.depth is Depth.QUICK:
        FrameCheck(archive, findings, control).run(threads)
    else:
        DecodingCheck(archive, digests, findings, control).run(threads)
    findings.check_hard_links()
    findings.check_all_were_seen()
    checked = sum(lane.bytes_done for lane in control.progress.lanes)
    compared = None if root is None else _compare(request, archive, root, control)
    archive.source.check_unchanged()
    return _report(request, archive, findings, checked, started, compared)


def _check_description(
    archive: Archive, findings: VerifyFindings, control: Control
) -> bytes | None:
    """Look at all that follows the tar; returns the digests."""
    digests = None
    if archive.tail is None:
        return None
    try:
        check_whole(archive.source, archive.tail, control.check)
    except LayoutError as error:
        findings.note(str(error))
    try:
        digests = archive.digests()
    except ArchiveDamaged as error:
        findings.whole.append(error.explain())
    frame = archive.listing.frame
    for row, start in enumerate(range(0, len(digests or b""), DIGEST_SIZE)):
        if frame[row] == NO_FRAME and digests and any(digests[start : start + DIGEST_SIZE]):
            findings.note("a folder without an entry has a digest")
            break
    return digests


def _compare(
    request: VerifyRequest, archive: Archive, root: int, control: Control
) -> CompareReport:
    control.progress.phase = "comparing"
    wish = CompareRequest(
        request.archive,
        request.against or "",
        ignore=request.ignore,
        threads=request.threads,
        limits=request.limits,
    )
    return operations.compare_archive(wish, archive, root, NestedControl(control))


def _report(
    request: VerifyRequest,
    archive: Archive,
    findings: VerifyFindings,
    checked: int,
    started: float,
    compared: CompareReport | None,
) -> VerifyReport:
    frames = findings.frames()
    problems = [*findings.problems(), *description_problems(archive)]
    if compared is not None:
        problems += (each for each in compared.problems if each not in problems)
    return VerifyReport(
        archive=request.archive,
        proof=proof_state(archive, damaged=findings.any_damage, depth=request.depth),
        files=len(findings.file_rows),
        good=findings.good,
        bytes_checked=checked,
        seconds=time.monotonic() - started,
        problems=tuple(problems),
        depth=request.depth,
        frames=len(archive.frames),
        good_frames=findings.good_frames,
        entries=findings.entries(),
        damaged_frames=frames,
        folder=request.against or "",
        same=compared.same if compared else 0,
        differences=compared.differences if compared else (),
    )
