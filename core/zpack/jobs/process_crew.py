"""Several processes that share out tasks.

What Python does for each of many small files is done by one thread of a process at a time, so
threads gain little there. Processes are made by ``fork``: they begin at once, with all that is
known, where a program that is started anew would take a tenth of a second and read the index again.

Safe although there are other threads: a process touches nothing that they may hold a lock of
(``Control.go_alone``), runs no handler of theirs, and leaves by ``_exit``.
"""

import contextlib
import mmap
import os
import warnings
from collections.abc import Sequence
from threading import Thread
from typing import Any, TypeVar

from zpack.errors import WorkerLost
from zpack.jobs.cancellation import Cancelled
from zpack.jobs.control import Control
from zpack.jobs.crew_member import be_member
from zpack.jobs.divisible import Divisible
from zpack.jobs.pickled_pipe import Ended, Told, receive
from zpack.jobs.progress import Lane, Outcome, PartState, Progress
from zpack.jobs.task_counter import TaskCounter

Task = TypeVar("Task")
_LOOK = 0.03  # seconds


def run_processes(
    tasks: Sequence[Task], job: Divisible[Task, Any], processes: int, control: Control
) -> bool:
    """Let processes work on ``tasks``; False if the system makes none, and nothing was done.

    Returns, or raises the first error, when all of them have ended and their parts are added.
    Raises :class:`WorkerLost` if one of them was killed.
    """
    control.share_state(mmap.mmap(-1, 1))
    crew = _make_crew(tasks, job, processes, control)
    try:
        for member in crew:
            while member.is_alive():
                control.check()
                member.join(_LOOK)
    except BaseException:
        control.cancel()
        raise
    finally:
        for member in crew:
            member.join()
            member.hand_over(job)
    _raise_first([member.error for member in crew if member.error is not None])
    return bool(crew)


def _make_crew(
    tasks: Sequence[Task], job: Divisible[Task, Any], processes: int, control: Control
) -> "list[_Member]":
    made: list[tuple[int, int]] = []
    with contextlib.suppress(OSError):  # too many processes, or too little memory: then with fewer
        counter = TaskCounter()
        try:
            for _ in range(processes):
                made.append(_fork(tasks, job, control, counter))
        finally:
            counter.close()
    crew = [_Member(pid, said, control) for pid, said in made]
    for member in crew:
        member.start()
    return crew


def _fork(
    tasks: Sequence[Task], job: Divisible[Task, Any], control: Control, counter: TaskCounter
) -> tuple[int, int]:
    """The process, and where it tells how far it is."""
    parent = os.getpid()
    heard, said = os.pipe()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # that there are other threads
            pid = os.fork()
    except OSError:
        os.close(heard)
        raise
    finally:
        if os.getpid() == parent:
            os.close(said)
    if not pid:
        be_member(tasks, job, control, counter, said, parent)
    return pid, heard


class _Member(Thread):
    """Listens to a process, and passes on how far it is. ``error`` is what ended it."""

    def __init__(self, pid: int, heard: int, control: Control) -> None:
        super().__init__(name="zpack-listener")
        self._pid = pid
        self._heard = heard
        self._progress = control.progress
        self._lane = self._progress.lane()
        self._ended: Ended | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            while (message := receive(self._heard)) is not None:
                if isinstance(message, Told):
                    _count(self._progress, self._lane, message)
                else:
                    self._ended = message
        finally:
            os.close(self._heard)
            self._status = _await(self._pid)

    def hand_over(self, job: Divisible[Any, Any]) -> None:
        """Add its part to the result."""
        if self._ended is not None:
            self.error = self._ended.error
            job.add_part(self._ended.part)
        else:
            self.error = WorkerLost(f"A process of it ended too early ({self._status}).")
            job.lose_part()


def _await(pid: int) -> str:
    """How the process ended, in words."""
    try:
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:  # somebody else waited for it
        return "nobody knows how"
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _count(progress: Progress, lane: Lane, told: Told) -> None:
    for item, outcome in zip(memoryview(told.finished).cast("I"), told.outcomes, strict=True):
        progress.outcomes[item] = Outcome(outcome)
        lane.finished.append(item)
    for part, state in zip(memoryview(told.settled).cast("I"), told.part_states, strict=True):
        progress.settle_part(lane, part, PartState(state))
    lane.bytes_done, lane.items_done = told.bytes_done, told.items_done
    lane.item_done, lane.item = told.item_done, told.item


def _raise_first(errors: list[BaseException]) -> None:
    """What went wrong; that the others were told to stop only if there is nothing else."""
    errors.sort(key=lambda error: isinstance(error, Cancelled))
    if errors:
        raise errors[0]
