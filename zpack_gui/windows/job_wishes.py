"""Does what the buttons on a job's card ask for."""

import os

from PySide6.QtCore import QObject, Signal, Slot

from zpack.operations import (
    AddRecoveryRequest,
    CreateReport,
    ExtractReport,
    RepairReport,
    RepairRequest,
)
from zpack_gui.dialogs.explanation_dialog import ExplanationDialog
from zpack_gui.dialogs.verify_dialog import VerifyDialog
from zpack_gui.file_manager.show import open_folder
from zpack_gui.jobs.tracked_job import TrackedJob, WorkerRequest
from zpack_gui.models.verification import Verification
from zpack_gui.widgets.job_card import JobCard, Wish
from zpack_gui.widgets.jobs_panel import JobsPanel
from zpack_gui.windows.job_starter import JobStarter
from zpack_gui.windows.recovery_records import RecoveryRecords
from zpack_gui.windows.repairs import Repairs


class JobWishes(QObject):
    """``open_wanted`` brings the path of an archive that was made."""

    open_wanted = Signal(str)

    def __init__(
        self, panel: JobsPanel, starter: JobStarter, repairs: Repairs, records: RecoveryRecords
    ) -> None:
        super().__init__(panel)
        self._panel, self._starter = panel, starter
        self._repairs, self._records = repairs, records
        panel.wished.connect(self._do)

    def _show_verification(self, job: TrackedJob) -> None:
        dialog = VerifyDialog(Verification.of(job.worker), self._panel.window())
        dialog.repair_wanted.connect(self._repairs.ask)
        if job.running:
            dialog.follow(job)
        dialog.show()

    @Slot(object, object)
    def _do(self, card: JobCard, wish: Wish) -> None:
        worker = card.job.worker
        report, error = worker.report, worker.error
        if isinstance(report, RepairReport):
            self._do_with_repaired(card, wish, report)
        elif wish == Wish.OPEN_ARCHIVE and isinstance(report, CreateReport):
            card.show_files(False)  # the archive wants the room now
            self.open_wanted.emit(report.target)
        elif wish == Wish.OPEN_FOLDER and isinstance(report, CreateReport):
            open_folder(os.path.dirname(report.target))
        elif wish == Wish.OPEN_FOLDER and isinstance(report, ExtractReport):
            open_folder(report.destination)
        elif wish == Wish.SHOW_REPORT:
            self._show_verification(card.job)
        elif wish == Wish.DETAILS and error is not None:
            ExplanationDialog(error, self._panel.window()).open()
        elif wish == Wish.TRY_AGAIN:
            self._panel.dismiss(card)
            self._ask_again(card.job.request)
        elif wish == Wish.REPAIR and isinstance(card.job.request, AddRecoveryRequest):
            self._repairs.ask(card.job.request.archive)

    def _do_with_repaired(self, card: JobCard, wish: Wish, report: RepairReport) -> None:
        if wish == Wish.OPEN_ARCHIVE:
            card.show_files(False)  # the archive wants the room now
            self.open_wanted.emit(report.target)
        elif wish == Wish.VERIFY:
            self._starter.verify_other(report.target)
        elif wish == Wish.SHOW_REPORT:
            self._repairs.show_report(card.job)

    def _ask_again(self, request: WorkerRequest) -> None:
        if isinstance(request, RepairRequest):
            self._repairs.ask_again(request)
        elif isinstance(request, AddRecoveryRequest):
            self._records.start(request)
        else:
            self._starter.ask_again(request)
