"""Tell what repairing an archive would bring back, and what it would not."""

import os
import tempfile
import time

from zpack.errors import RequestRefused
from zpack.jobs import Control
from zpack.native.restore_plan import NotRestored
from zpack.operations.damage_map import map_restored, map_salvaged
from zpack.operations.damage_report import frames_report, record_report, scan_report
from zpack.operations.damaged_copies import DamagedCopies, open_damaged
from zpack.operations.limits import limit_faults
from zpack.operations.repair_frames import salvageable
from zpack.operations.repair_record import restored_image, whole_description
from zpack.operations.repair_scan import find_entries, undamaged_report
from zpack.operations.reports import DamageReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import AssessDamageRequest
from zpack.records import replace


def assess_damage(request: AssessDamageRequest, control: Control) -> DamageReport:
    """Look at damaged copies of an archive, as :func:`repair` does before it writes.

    Raises :class:`RequestRefused`, errors of ``open_source`` and of the system, and ``Cancelled``.
    """
    check_types(request, AssessDamageRequest)
    started = time.monotonic()
    if faults := limit_faults(request.limits):
        raise RequestRefused(faults)
    with open_damaged((request.damaged, *request.copies), control) as copies:
        damage = _assess(copies, request, control)
    return replace(damage, seconds=time.monotonic() - started)


def _assess(copies: DamagedCopies, request: AssessDamageRequest, control: Control) -> DamageReport:
    folder = _room_beside(request.damaged)
    if copies.plan is not None and copies.plan.restores_all:
        try:
            with restored_image(copies.plan, folder, control) as restoration:
                restored = whole_description(restoration)
                map_restored(control, copies.plan, restored)
                return record_report(copies, copies.plan, restored)
        except NotRestored:
            pass  # the record lies; what is whole is whole all the same
    with salvageable(copies, folder, request.limits, control) as found:
        if found is not None:
            map_salvaged(control, copies, found)
            return frames_report(copies, found)
    whole = undamaged_report(copies, 0, control)
    return whole or scan_report(copies, find_entries(copies, request.limits, control))


def _room_beside(path: str) -> str:
    folder = os.path.dirname(os.path.realpath(path))
    return folder if os.access(folder, os.W_OK | os.X_OK) else tempfile.gettempdir()
