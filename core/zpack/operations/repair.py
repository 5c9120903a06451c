"""Repair an archive: bring it back as it was, or save what is whole of it."""

import os
import time

from zpack.filesystem import AtomicFile
from zpack.jobs import Control
from zpack.native.restore_plan import NotRestored
from zpack.operations.assess_damage import record_report
from zpack.operations.create_verify import read_back
from zpack.operations.damaged_copies import DamagedCopies, open_damaged
from zpack.operations.repair_check import check_repair
from zpack.operations.repair_record import restored_image, whole_description, write_restored
from zpack.operations.reports import RepairReport
from zpack.operations.requests import RepairRequest
from zpack.records import replace


def repair(request: RepairRequest, control: Control) -> RepairReport:
    """Write the archive anew beside the damaged one. It appears only when whole, and read back.

    With a recovery record that covers the damage it is as it was, byte for byte. Otherwise what is
    whole of it becomes a new archive, and the report names the rest. Raises
    :class:`RequestRefused`, :class:`NothingToSave`, errors of the system, and ``Cancelled``, each
    leaving nothing behind.
    """
    started = time.monotonic()
    check_repair(request)
    with open_damaged((request.damaged, *request.copies), control) as copies:
        why_not = copies.why_not
        if copies.plan is not None:
            try:
                return _restore(request, copies, control, started)
            except NotRestored as error:
                why_not = str(error)
        raise NotImplementedError(why_not)


def _restore(
    request: RepairRequest, copies: DamagedCopies, control: Control, started: float
) -> RepairReport:
    """By the record. Raises :class:`NotRestored`."""
    assert copies.plan is not None
    folder = os.path.dirname(os.path.realpath(request.target))
    control.progress.phase = "repairing"
    with restored_image(copies.plan, folder, control) as restoration:
        restored = whole_description(restoration)
        damage = record_report(copies, copies.plan, restored, started)
        with AtomicFile(request.target, overwrite=request.overwrite, check=control.check) as target:
            write_restored(restoration, restored, target, control)
            proof = read_back(target, request.target, request.threads, control).proof
            control.progress.phase = "saving"
            target.commit()
    damage = replace(damage, proof=proof)
    return RepairReport(request.target, damage, target.written, time.monotonic() - started)
