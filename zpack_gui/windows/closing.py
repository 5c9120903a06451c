"""Closing the window: asks if jobs run, and leaves no thread and no process behind."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from zpack.operations import AssessDamageRequest, ListRequest
from zpack_gui.dialogs.question_dialog import QuestionDialog
from zpack_gui.jobs.bridge import JobBridge
from zpack_gui.jobs.tracked_job import TrackedJob


class Closing(QObject):
    """The window stays while workers stop, so that they can clean up."""

    def __init__(self, bridge: JobBridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._question: QuestionDialog | None = None
        self._leaving = False
        bridge.idle.connect(self._close_when_idle)

    def consider(self, event: QCloseEvent) -> None:
        """Accept it, or ask, or wait."""
        running = self._bridge.running_jobs()
        if not self._leaving and any(map(_worth_asking, running)):
            event.ignore()
            self._ask()
        elif running or (self._leaving and not self._bridge.is_idle()):
            event.ignore()
            self._leave()
        else:
            self._bridge.shut_down()
            event.accept()

    def _ask(self) -> None:
        if self._question is not None:
            self._question.raise_()
            return
        count = sum(map(_worth_asking, self._bridge.running_jobs()))
        self._question = QuestionDialog(
            self.tr("%n job(s) still running", "", count),
            self.tr("Cancelling leaves no half-made archive behind."),
            self.tr("Cancel and close"),
            self.tr("Keep working"),
            self._window,
        )
        self._question.accepted.connect(self._leave)
        self._question.finished.connect(self._asked)
        self._question.open()

    @Slot()
    def _asked(self) -> None:
        self._question = None

    @Slot()
    def _leave(self) -> None:
        self._leaving = True
        self._bridge.cancel_all()
        if self._bridge.is_idle():
            self._window.close()

    @Slot()
    def _close_when_idle(self) -> None:
        if self._question is not None:
            self._question.reject()  # it is no longer true; but the result wants to be seen
        if self._leaving:
            self._window.close()


def _worth_asking(job: TrackedJob) -> bool:
    """Reading what is in an archive makes nothing that would be lost."""
    return not isinstance(job.request, ListRequest | AssessDamageRequest)
