"""A process of a crew: what it does between fork and exit."""

import gc
import os
import pickle
import signal
import traceback
from array import array
from collections.abc import Iterator, Sequence
from threading import Event, Thread
from typing import Any, NoReturn, TypeVar

from zpack.jobs.control import Control
from zpack.jobs.divisible import Divisible
from zpack.jobs.pickled_pipe import Ended, Told, send
from zpack.jobs.progress import NO_ITEM, ProgressReader
from zpack.jobs.task_counter import TaskCounter

Task = TypeVar("Task")
_TELL_SECONDS = 1 / 30
_IGNORED = ("SIGINT", "SIGTERM", "SIGHUP")  # the process that made it decides


def be_member(
    tasks: Sequence[Task],
    job: Divisible[Task, Any],
    control: Control,
    counter: TaskCounter,
    said: int,
    parent: int,
) -> NoReturn:
    """Work on the tasks whose numbers ``counter`` gives out, tell how far it is, and end. To be
    called right after ``fork``, by the only thread that there is now."""
    try:
        for name in _IGNORED:
            signal.signal(getattr(signal, name), signal.SIG_IGN)
        gc.freeze()  # so that collecting does not copy the memory that is shared
        control.go_alone()
        control.progress.lanes.clear()
        job.begin_part()
        teller = _Teller(control, said, parent)
        error = _work(tasks, job, control, counter, teller)
        send(said, Ended(job.part(), error))
        os._exit(0)
    finally:  # no handler of the process that this was made of may run
        os._exit(1)


def _work(
    tasks: Sequence[Task],
    job: Divisible[Task, Any],
    control: Control,
    counter: TaskCounter,
    teller: "_Teller",
) -> BaseException | None:
    lane = control.progress.lane()
    teller.start()
    try:
        job.work(_taken(tasks, counter), lane)
    except BaseException as error:
        counter.stop()  # no more tasks for anybody
        return _portable(error)
    finally:
        teller.stop()
    return None


def _taken(tasks: Sequence[Task], counter: TaskCounter) -> Iterator[Task]:
    while (number := counter.take()) < len(tasks):
        yield tasks[number]


def _portable(error: BaseException) -> BaseException:
    """An error as another process can take it, with where it was raised."""
    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(repr(error))
    return error


class _Teller(Thread):
    """Tells how far the process is, 30 times a second, and ends it if there is nobody to tell."""

    def __init__(self, control: Control, said: int, parent: int) -> None:
        super().__init__(name="zpack-teller", daemon=True)
        self._reader = ProgressReader(control.progress)
        self._said = said
        self._parent = parent
        self._ended = Event()

    def run(self) -> None:
        try:
            while not self._ended.wait(_TELL_SECONDS):
                self._tell()
        except OSError:
            os._exit(1)

    def _tell(self) -> None:
        if os.getppid() != self._parent:
            os._exit(1)
        sample = self._reader.sample()
        item, done = sample.active[0] if sample.active else (NO_ITEM, 0)
        told = Told(
            sample.bytes_done,
            sample.items_done,
            item,
            done,
            sample.finished.tobytes(),
            sample.outcomes,
            array("I", sample.settled).tobytes(),
            sample.part_states,
        )
        send(self._said, told)

    def stop(self) -> None:
        """Tell a last time."""
        self._ended.set()
        self.join()
        self._tell()
