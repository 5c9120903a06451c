"""Several threads that share out tasks."""

from collections.abc import Callable, Iterable, Iterator
from threading import Lock, Thread
from typing import TypeVar

from zpack.jobs.progress import Lane, Progress

Task = TypeVar("Task")


class _Shared(Iterator[Task]):
    """Hands out tasks to many threads until one of them fails."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks = iter(tasks)
        self._lock = Lock()
        self.error: BaseException | None = None

    def __next__(self) -> Task:
        with self._lock:
            if self.error is not None:
                raise StopIteration
            return next(self._tasks)

    def fail(self, error: BaseException) -> None:
        with self._lock:
            self.error = self.error or error


def run_crew(
    tasks: Iterable[Task],
    work: Callable[[Iterator[Task], Lane], None],
    threads: int,
    progress: Progress,
) -> None:
    """Run ``work(tasks, lane)`` on ``threads`` threads until the tasks, which they share, are done.

    Each call takes tasks from its iterator as it is ready for them; the iterator ends early when
    another thread fails. Returns, or raises the first error, when all threads have ended.
    """
    shared = _Shared(tasks)

    def run(lane: Lane) -> None:
        try:
            work(shared, lane)
        except BaseException as error:
            shared.fail(error)

    lanes = [progress.lane() for _ in range(max(1, threads))]
    crew = [Thread(target=run, args=(lane,), name="zpack-crew") for lane in lanes[1:]]
    for thread in crew:
        thread.start()
    run(lanes[0])
    for thread in crew:
        thread.join()
    if shared.error is not None:
        raise shared.error
