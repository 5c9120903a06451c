"""Gives the open archive a recovery record."""

from PySide6.QtCore import QObject, Slot

from zpack.operations import AddRecoveryReport, AddRecoveryRequest, Proof
from zpack_gui.dialogs.add_recovery_dialog import AddRecoveryDialog
from zpack_gui.jobs.tracked_job import TrackedJob
from zpack_gui.windows.archive_session import ArchiveSession
from zpack_gui.windows.job_starter import JobStarter
from zpack_gui.windows.proof_display import ProofDisplay


class RecoveryRecords(QObject):
    """Asks, starts the job, and shows the archive as it is afterwards."""

    def __init__(self, session: ArchiveSession, starter: JobStarter, proof: ProofDisplay) -> None:
        super().__init__(starter)
        self._session, self._starter, self._proof = session, starter, proof

    @Slot()
    def ask(self) -> None:
        """How large it should be."""
        archive = self._session.archive
        if archive is None:
            return
        dialog = AddRecoveryDialog(
            archive.path, archive.file_size, archive.recovery_percent, self._starter.window()
        )
        dialog.wanted.connect(self.start)
        dialog.open()

    @Slot(object)
    def start(self, request: AddRecoveryRequest) -> None:
        """Add it."""
        self._starter.start(request).ended.connect(self._end)

    @Slot()
    def _end(self) -> None:
        job = self.sender()
        report = job.worker.report if isinstance(job, TrackedJob) else None
        if isinstance(report, AddRecoveryReport):
            # It was proven before, and read back afterwards.
            self._proof.remember(report.archive, Proof.PROVEN, report.bytes_out)
            if report.archive == self._session.path:
                self._session.reload()
