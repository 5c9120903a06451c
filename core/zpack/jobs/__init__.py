"""Jobs: cancellation, pause, progress that is sampled, questions. Knows nothing of archives."""

from typing import TYPE_CHECKING

from zpack.lazy import make_lazy

if TYPE_CHECKING:
    from zpack.jobs.cancellation import Cancelled, CannotAsk
    from zpack.jobs.control import Control
    from zpack.jobs.cores import core_count
    from zpack.jobs.crew import run_crew
    from zpack.jobs.job import Job, JobState
    from zpack.jobs.memory import memory_limit, threads_in_memory
    from zpack.jobs.nested import NestedControl
    from zpack.jobs.process_crew import run_processes
    from zpack.jobs.progress import Lane, Outcome, PartState, Progress, ProgressReader, Sample
    from zpack.jobs.questions import Answer, Choice, Conflict, Limit, LimitQuestion, Question
    from zpack.jobs.rate import Rate
    from zpack.jobs.sharing import share_out
    from zpack.jobs.turn import Turn

__all__ = [
    "Answer",
    "Cancelled",
    "CannotAsk",
    "Choice",
    "Conflict",
    "Control",
    "Job",
    "JobState",
    "Lane",
    "Limit",
    "LimitQuestion",
    "NestedControl",
    "Outcome",
    "PartState",
    "Progress",
    "ProgressReader",
    "Question",
    "Rate",
    "Sample",
    "Turn",
    "core_count",
    "memory_limit",
    "run_crew",
    "run_processes",
    "share_out",
    "threads_in_memory",
]

make_lazy(
    __name__,
    {
        "cancellation": (
            "Cancelled",
            "CannotAsk",
        ),
        "control": ("Control",),
        "cores": ("core_count",),
        "crew": ("run_crew",),
        "job": (
            "Job",
            "JobState",
        ),
        "memory": (
            "memory_limit",
            "threads_in_memory",
        ),
        "nested": ("NestedControl",),
        "process_crew": ("run_processes",),
        "progress": (
            "Lane",
            "Outcome",
            "PartState",
            "Progress",
            "ProgressReader",
            "Sample",
        ),
        "questions": (
            "Answer",
            "Choice",
            "Conflict",
            "Limit",
            "LimitQuestion",
            "Question",
        ),
        "rate": ("Rate",),
        "sharing": ("share_out",),
        "turn": ("Turn",),
    },
)
