"""Tell what repairing an archive would bring back, and what it would not."""

import os
import tempfile
import time

from zpack.entries import Kind
from zpack.errors import RequestRefused
from zpack.jobs import Control
from zpack.native.restore import Restored
from zpack.native.restore_plan import NotRestored, Plan
from zpack.operations.damage_extent import files_hit, frames_hit, stretches
from zpack.operations.damaged_copies import DamagedCopies, open_damaged
from zpack.operations.limits import limit_faults
from zpack.operations.repair_record import restored_image, whole_description
from zpack.operations.reports import DamageReport, Proof, Remedy
from zpack.operations.requests import AssessDamageRequest


def assess_damage(request: AssessDamageRequest, control: Control) -> DamageReport:
    """Look at damaged copies of an archive, as :func:`repair` does before it writes.

    Raises :class:`RequestRefused`, errors of ``open_source`` and of the system, and ``Cancelled``.
    """
    started = time.monotonic()
    if faults := limit_faults(request.limits):
        raise RequestRefused(faults)
    with open_damaged((request.damaged, *request.copies), control) as copies:
        if copies.plan is not None:
            try:
                folder = _room_beside(request.damaged)
                with restored_image(copies.plan, folder, control) as restoration:
                    restored = whole_description(restoration)
                    return record_report(copies, copies.plan, restored, started)
            except NotRestored:
                pass
        raise NotImplementedError


def _room_beside(path: str) -> str:
    folder = os.path.dirname(os.path.realpath(path))
    return folder if os.access(folder, os.W_OK | os.X_OK) else tempfile.gettempdir()


def record_report(
    copies: DamagedCopies, plan: Plan, restored: Restored, started: float
) -> DamageReport:
    """What a record brings back: everything."""
    tail = restored.tail
    hit = frames_hit(tail.frames, plan.damaged)
    kinds = bytes(tail.listing.kind)
    return DamageReport(
        archive=copies.path,
        remedy=Remedy.RESTORED if _is_changed(plan, restored) else Remedy.NONE_NEEDED,
        proof=Proof.PROVEN if tail.locator.digests is not None else Proof.PROOF_LOST,
        files=len(kinds) - kinds.count(Kind.DIRECTORY),
        lost=(),
        damaged=stretches(plan.damaged),
        frames=len(tail.frames),
        frames_hit=len(hit),
        hit=files_hit(tail.listing, tail.frames, hit),
        recovery_percent=plan.geometry.percent,
        seconds=time.monotonic() - started,
    )


def _is_changed(plan: Plan, restored: Restored) -> bool:
    """Whether anything in the first copy is not as it was, recovery frames and end too."""
    copy = plan.record.copies[0]
    end, ending = plan.geometry.end, restored.ending
    whole = copy.size == end + len(ending) and copy.pread(len(ending), end) == ending
    return not whole or not plan.is_whole
