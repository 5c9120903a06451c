"""An operation on a thread of its own."""

from collections.abc import Callable
from enum import Enum
from threading import Thread
from typing import Generic, TypeVar

from zpack.jobs.cancellation import Cancelled
from zpack.jobs.control import Control

Report = TypeVar("Report")


class JobState(Enum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Generic[Report]):
    """Runs ``operation(control)`` on a thread, from construction on.

    ``state``, ``report``, ``error`` and ``kept`` are final once ``state`` is not RUNNING.
    Call :meth:`join` before letting go of it.
    """

    def __init__(self, operation: Callable[[Control], Report], name: str = "job") -> None:
        self.control = Control()
        self.state = JobState.RUNNING
        self.report: Report | None = None
        self.error: BaseException | None = None
        self.kept: tuple[str, ...] = ()
        self._operation = operation
        self._thread = Thread(target=self._run, name=f"zpack-{name}")
        self._thread.start()

    def _run(self) -> None:
        try:
            self.report = self._operation(self.control)
            self.state = JobState.DONE
        except Cancelled as cancelled:
            self.kept = cancelled.kept
            self.state = JobState.CANCELLED
        except Exception as error:
            self.error = error
            self.state = JobState.FAILED

    def join(self, timeout: float | None = None) -> bool:
        """Wait up to ``timeout`` seconds; True if the thread has ended."""
        self._thread.join(timeout)
        return not self._thread.is_alive()
