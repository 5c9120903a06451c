"""Shares out tasks among processes where they pay, and among threads everywhere else."""

import sys
from collections.abc import Sequence
from typing import Any, TypeVar

from zpack import jobs
from zpack.jobs.control import Control
from zpack.jobs.crew import run_crew
from zpack.jobs.divisible import Divisible

Task = TypeVar("Task")
CAN_FORK = sys.platform == "linux"
# So many small files take Python longer than it takes to make processes (some 10 ms).
WORTH_PROCESSES = 2000


def share_out(
    tasks: Sequence[Task],
    job: Divisible[Task, Any],
    workers: int,
    control: Control,
    items: int,
) -> None:
    """Do ``tasks``, in which there are ``items`` entries. Returns, or raises the first error, when
    all is done or has ended. Raises :class:`WorkerLost` if a process was killed."""
    many = items >= WORTH_PROCESSES and len(tasks) > 1 and workers > 1
    # The name is looked up late: what makes processes is not loaded for what is done at once.
    if not (many and CAN_FORK and jobs.run_processes(tasks, job, workers, control)):
        run_crew(tasks, job.work, workers, control.progress)
