"""The one object through which the window learns what its threads and workers do."""

import time

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from zpack_gui.jobs.background import Background, Operation
from zpack_gui.jobs.tracked_job import TrackedJob, WorkerRequest

_INTERVAL_MS = 33
_PATIENCE_SECONDS = 8.0  # a worker gets five to stop before its supervisor kills it


class JobBridge(QObject):
    """Samples all jobs 30 times a second, with a timer that runs only while there are any.

    Threads and processes never call into Qt: they write counters, which are read here. Jobs are
    kept until their threads have ended. GUI thread only.
    """

    started = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looking: list[TrackedJob | Background] = []
        self._ending: list[TrackedJob | Background] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._tick)

    def start(self, request: WorkerRequest) -> TrackedJob:
        """Run a request in a worker process."""
        job = TrackedJob(request, self)
        self._watch(job)
        self.started.emit(job)
        return job

    def run(self, operation: Operation) -> Background:
        """Run something on a thread."""
        task = Background(operation, self)
        self._watch(task)
        return task

    def running_jobs(self) -> list[TrackedJob]:
        """The worker jobs that have not ended."""
        return [each for each in self._looking if isinstance(each, TrackedJob)]

    def is_idle(self) -> bool:
        """Whether every thread and process has ended."""
        return not self._looking and not self._ending

    def is_sampling(self) -> bool:
        """Whether the timer runs."""
        return self._timer.isActive()

    def cancel_all(self) -> None:
        """Ask all to stop; ``idle`` follows."""
        for each in self._looking:
            each.cancel()

    def shut_down(self) -> None:
        """Stop all and wait: for the end of the program."""
        self._timer.stop()
        self.cancel_all()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        for each in (*self._looking, *self._ending):
            if not _join(each, max(0.0, deadline - time.monotonic())) and isinstance(
                each, TrackedJob
            ):
                each.worker.kill()
                each.worker.join(1.0)
        self._looking.clear()
        self._ending.clear()

    def _watch(self, each: TrackedJob | Background) -> None:
        self._looking.append(each)
        self._timer.start()

    @Slot()
    def _tick(self) -> None:
        for each in tuple(self._looking):
            if not each.look():
                self._looking.remove(each)
                self._ending.append(each)
        self._ending = [each for each in self._ending if not _let_go(each)]
        if self.is_idle():
            self._timer.stop()
            self.idle.emit()


def _join(each: TrackedJob | Background, timeout: float) -> bool:
    return each.worker.join(timeout) if isinstance(each, TrackedJob) else each.join(timeout)


def _let_go(each: TrackedJob | Background) -> bool:
    """True once its thread has ended: it says the result a moment before."""
    if not _join(each, 0):
        return False
    if isinstance(each, Background):
        each.deleteLater()  # a worker's job stays, for its result is still shown
    return True
