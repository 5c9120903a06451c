"""Puts a job's questions to the user."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

from zpack.jobs import Answer, Conflict, LimitQuestion
from zpack.operations import ExtractRequest
from zpack.worker import OpenQuestion
from zpack_gui.dialogs.conflict_dialog import ConflictDialog
from zpack_gui.dialogs.limit_dialog import LimitDialog
from zpack_gui.jobs.tracked_job import TrackedJob


class Conflicts(QObject):
    """For one job; its dialog goes when the job ends. It doesn't come up while another dialog is
    open, which would keep all clicks from it; only the job waits."""

    def __init__(self, job: TrackedJob, window: QWidget) -> None:
        super().__init__(job)
        self._job, self._window = job, window
        self._waiting: OpenQuestion | None = None
        self._number = 0
        self._dialog: ConflictDialog | LimitDialog | None = None
        job.asked.connect(self._ask)
        job.sampled.connect(self._show_if_free)
        job.ended.connect(self._withdraw)

    @Slot(object)
    def _ask(self, asked: OpenQuestion) -> None:
        self._withdraw()
        self._waiting = asked
        self._show_if_free()

    @Slot()
    def _show_if_free(self) -> None:
        asked = self._waiting
        if asked is None or QApplication.activeModalWidget() is not None:
            return
        self._waiting = None
        self._number = asked.number
        self._dialog = self._dialog_for(asked.question)
        self._dialog.answered.connect(self._answer)
        self._dialog.show()

    def _dialog_for(self, question: Conflict | LimitQuestion) -> ConflictDialog | LimitDialog:
        if isinstance(question, LimitQuestion):
            return LimitDialog(question, self._window)
        request = self._job.request
        destination = request.destination if isinstance(request, ExtractRequest) else ""
        dialog = ConflictDialog(question, destination, self._window)
        dialog.cancel_wanted.connect(self._cancel)
        return dialog

    @Slot(object)
    def _answer(self, answer: Answer) -> None:
        self._dialog = None
        self._job.worker.answer(self._number, answer)

    @Slot()
    def _cancel(self) -> None:
        self._withdraw()
        self._job.cancel()

    @Slot()
    def _withdraw(self) -> None:
        self._waiting = None
        if self._dialog is not None:
            self._dialog.withdraw()
            self._dialog = None
