"""Closing the window: asks if jobs run, and leaves no thread and no process behind."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from zpack_gui.dialogs.question_dialog import QuestionDialog
from zpack_gui.jobs.bridge import JobBridge


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
        if self._bridge.running_jobs() and not self._leaving:
            event.ignore()
            self._ask()
        elif not self._bridge.is_idle() and self._leaving:
            event.ignore()
        else:
            self._bridge.shut_down()
            event.accept()

    def _ask(self) -> None:
        if self._question is not None:
            self._question.raise_()
            return
        count = len(self._bridge.running_jobs())
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
