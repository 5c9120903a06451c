"""Something slow of the window's own, done on a thread."""

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from zpack.errors import Explanation, ZpackError, system_failure
from zpack.jobs import Control, Job, JobState
from zpack_gui.look.wording import words

Operation = Callable[[Control], Any]


class Background(QObject):
    """Started by construction. ``done`` brings the result, ``failed`` an ``Explanation``;
    neither comes after :meth:`cancel`. GUI thread only."""

    ticked = Signal()
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, operation: Operation, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job[Any] = Job(operation, "background")
        self._wanted = True

    def cancel(self) -> None:
        """The result is no longer wanted."""
        self._wanted = False
        self._job.control.cancel()

    def join(self, timeout: float) -> bool:
        """Wait for the thread; True if it has ended."""
        return self._job.join(timeout)

    def look(self) -> bool:
        """Tell what there is to tell; False once it has ended. Called by the bridge."""
        state = self._job.state
        if self._wanted:
            self._tell(state)
        return state == JobState.RUNNING

    def _tell(self, state: JobState) -> None:
        self.ticked.emit()
        if state == JobState.DONE:
            self.done.emit(self._job.report)
        elif state == JobState.FAILED and self._job.error is not None:
            self.failed.emit(_explained(self._job.error))


def _explained(error: BaseException) -> Explanation:
    if isinstance(error, ZpackError):
        return error.explain()
    if isinstance(error, OSError):
        path = error.filename if isinstance(error.filename, str) else ""
        return system_failure(error, path).explain()
    # A mistake of ours. Raised here, it would come again with each look.
    sys.excepthook(type(error), error, error.__traceback__)
    return words.mistake(error)
