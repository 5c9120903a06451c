"""Repair an archive: bring it back as it was, or save what is whole of it."""

import os
import time
from collections.abc import Callable

from zpack.errors import ArchiveDamaged, EditStopped, NothingToSave
from zpack.filesystem import AtomicFile
from zpack.jobs import Control
from zpack.native.partial_files import cut_files, partial_files
from zpack.native.restore_plan import NotRestored
from zpack.operations.create_verify import read_back
from zpack.operations.damage_map import map_restored, map_salvaged
from zpack.operations.damage_report import frames_report, record_report, scan_report
from zpack.operations.damaged_copies import DamagedCopies, open_damaged
from zpack.operations.repair_check import check_repair
from zpack.operations.repair_frames import Salvageable, salvageable, write_exact
from zpack.operations.repair_partial import write_partial
from zpack.operations.repair_record import restored_image, whole_description, write_restored
from zpack.operations.repair_scan import ScanWriter, copy_as_it_is, find_entries, undamaged_report
from zpack.operations.reports import DamageReport, Proof, Remedy, RepairReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import RepairRequest
from zpack.operations.salvage_writer import SalvageWriter
from zpack.records import replace

_ANY = frozenset(Proof)  # byte for byte as it was, whatever it was
_SOUND = _ANY - {Proof.DAMAGED}
_PROVEN = frozenset({Proof.PROVEN})


def repair(request: RepairRequest, control: Control) -> RepairReport:
    """Write the archive anew beside the damaged one. It appears only when whole, and read back.

    With a recovery record that covers the damage, or copies that complement each other, it is as it
    was, byte for byte. Otherwise what is whole of it becomes a new archive, and the report names
    the rest. Raises :class:`RequestRefused`, :class:`NothingToSave`, errors of the system, and
    ``Cancelled``, each leaving nothing behind.
    """
    check_types(request, RepairRequest)
    check_repair(request)
    with open_damaged((request.damaged, *request.copies), control) as copies:
        return _Repair(request, copies, control).run()


class _Repair:
    """One run of :func:`repair`: tries what brings back most, then the next."""

    def __init__(self, request: RepairRequest, copies: DamagedCopies, control: Control) -> None:
        self._request = request
        self._copies = copies
        self._control = control
        self._started = time.monotonic()
        self._folder = os.path.dirname(os.path.realpath(request.target))

    def run(self) -> RepairReport:
        """The best that can be had."""
        why_not = self._copies.why_not
        try:
            return self._by_record()
        except NotRestored as error:
            why_not = str(error)
        limits, control = self._request.limits, self._control
        try:
            with salvageable(self._copies, self._folder, limits, control) as found:
                if found is not None:
                    return self._by_frames(found)
        except NotRestored as error:  # the index lies
            why_not = str(error)
        return self._by_scan(why_not)

    def _by_record(self) -> RepairReport:
        """Raises :class:`NotRestored`."""
        plan, control = self._copies.plan, self._control
        if plan is None or not plan.restores_all:
            raise NotRestored(self._copies.why_not or "more is lost than its record covers")
        control.progress.phase = "repairing"
        with restored_image(plan, self._folder, control) as restoration:
            restored = whole_description(restoration)
            damage = record_report(self._copies, plan, restored)
            report = self._write(
                lambda target: write_restored(restoration, restored, target, control), damage
            )
            map_restored(control, plan, restored).keep_the_rest()
            return report

    def _by_frames(self, found: Salvageable) -> RepairReport:
        """Raises :class:`NotRestored` if that gives nothing sound."""
        control = self._control
        control.progress.phase = "repairing"
        damage = frames_report(self._copies, found)
        if damage.remedy in (Remedy.RESTORED, Remedy.NONE_NEEDED):
            try:
                report = self._write(
                    lambda target: write_exact(found, target, control), damage, _PROVEN
                )
                map_salvaged(control, self._copies, found).keep_the_rest()
                return report
            except NotRestored:
                damage = replace(damage, remedy=Remedy.SALVAGED)
        if damage.remedy is Remedy.HOPELESS and self._request.partial is None:
            raise NothingToSave(self._copies.path, "all of its files are in damaged parts")
        writer = SalvageWriter(found, self._request.threads, control)
        try:
            report = self._write(writer.write, damage, _SOUND)
        except (EditStopped, ArchiveDamaged) as error:
            raise NotRestored(error.details) from error
        map_salvaged(control, self._copies, found).keep_the_rest()
        partial = partial_files(found.image, found.salvage, control.check)
        return replace(report, partial=write_partial(self._request, partial, control))

    def _by_scan(self, why_not: str) -> RepairReport:
        control = self._control
        whole = undamaged_report(self._copies, self._request.threads, control)
        if whole is not None:
            source = self._copies.sources[0]
            return self._write(lambda target: copy_as_it_is(source, target, control), whole)
        entries = find_entries(self._copies, self._request.limits, control)
        damage = scan_report(self._copies, entries)
        if damage.remedy is Remedy.HOPELESS:
            raise NothingToSave(self._copies.path, why_not)
        control.progress.phase = "repairing"
        writer = ScanWriter(self._copies, entries, self._request.threads, control)
        report = self._write(writer.write, damage)
        partial = write_partial(self._request, cut_files(entries.cut.values()), control)
        damage = replace(report.damage, problems=writer.problems)
        return replace(report, damage=damage, partial=partial)

    def _write(
        self,
        write: Callable[[AtomicFile], None],
        damage: DamageReport,
        accepted: frozenset[Proof] = _ANY,
    ) -> RepairReport:
        """Raises :class:`NotRestored` if what was written is not as ``accepted``, read back."""
        request, control = self._request, self._control
        with AtomicFile(request.target, overwrite=request.overwrite, check=control.check) as target:
            write(target)
            proof = read_back(target, request.target, request.threads, control).proof
            if proof not in accepted:
                raise NotRestored("it did not come out as it was")
            control.progress.phase = "saving"
            target.commit()
        seconds = time.monotonic() - self._started
        damage = replace(damage, proof=proof, seconds=seconds)
        return RepairReport(request.target, damage, target.written, seconds)
