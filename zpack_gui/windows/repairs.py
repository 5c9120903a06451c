"""Repairs archives: says before what will come back, starts the job, and tells what came of it."""

from PySide6.QtCore import QObject, Signal, Slot

from zpack.operations import AssessDamageRequest, RepairReport, RepairRequest
from zpack_gui.dialogs.repair_dialog import RepairDialog
from zpack_gui.dialogs.repair_report_dialog import RepairReportDialog
from zpack_gui.jobs.bridge import JobBridge
from zpack_gui.jobs.tracked_job import TrackedJob
from zpack_gui.models.verification import Verification
from zpack_gui.windows.archive_session import ArchiveSession
from zpack_gui.windows.conflicts import Conflicts
from zpack_gui.windows.job_starter import JobStarter
from zpack_gui.windows.proof_display import ProofDisplay


class Repairs(QObject):
    """``open_wanted`` and ``verify_wanted`` bring the path of a repaired archive."""

    open_wanted = Signal(str)
    verify_wanted = Signal(str)

    def __init__(
        self,
        bridge: JobBridge,
        session: ArchiveSession,
        starter: JobStarter,
        proof: ProofDisplay,
    ) -> None:
        super().__init__(starter)
        self._bridge, self._session = bridge, session
        self._starter, self._proof = starter, proof

    @Slot()
    def ask_for_open(self) -> None:
        """The archive that is open, or that could not be opened."""
        if self._session.path:
            self.ask(self._session.path)

    @Slot(str)
    def ask(self, damaged: str) -> RepairDialog:
        """Look at an archive, and ask."""
        return self._show(RepairDialog(damaged, (), self._starter.window()))

    def ask_again(self, request: RepairRequest) -> None:
        """The dialog of a repair that failed, as it was."""
        dialog = RepairDialog(request.damaged, request.copies, self._starter.window())
        dialog.show_request(request)
        self._show(dialog)

    def _show(self, dialog: RepairDialog) -> RepairDialog:
        dialog.assessment_wanted.connect(self._look)
        dialog.wanted.connect(self._start)
        dialog.show()
        dialog.look()
        return dialog

    @Slot(object)
    def _look(self, request: AssessDamageRequest) -> None:
        dialog = self.sender()
        job = self._bridge.start(request)
        Conflicts(job, self._starter.window())
        if isinstance(dialog, RepairDialog):
            dialog.follow(job)
        job.ended.connect(job.deleteLater)  # no panel shows it

    @Slot(object)
    def _start(self, request: RepairRequest) -> None:
        self._starter.start(request).ended.connect(self._end)

    @Slot()
    def _end(self) -> None:
        job = self.sender()
        report = job.worker.report if isinstance(job, TrackedJob) else None
        if isinstance(report, RepairReport):
            self._proof.remember(report.target, report.damage.proof, report.bytes_out)
            if report.target == self._session.path:
                self._session.reload()  # it was replaced while it was open

    def show_report(self, job: TrackedJob) -> None:
        """What came of a repair."""
        report, request = job.worker.report, job.request
        if not isinstance(report, RepairReport) or not isinstance(request, RepairRequest):
            return
        dialog = RepairReportDialog(
            report,
            Verification.of(job.worker),
            len(request.copies),
            request.partial,
            self._starter.window(),
        )
        dialog.open_wanted.connect(self.open_wanted)
        dialog.verify_wanted.connect(self.verify_wanted)
        dialog.show()
