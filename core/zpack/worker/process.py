"""The worker process: one request in, events out (docs/protocol.md)."""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, BinaryIO

from zpack.errors import Explanation, WorkerLost, ZpackError, system_failure
from zpack.filesystem import allow_many_open_files
from zpack.jobs import Control, Job, JobState, ProgressReader
from zpack.worker.listener import Listener, hear_start
from zpack.worker.messages import Start
from zpack.worker.speaker import Speaker
from zpack.worker.verbs import decode_request
from zpack.worker.wire import WireError

SAMPLE_SECONDS = 1 / 30
# How long a job may take to clean up when nobody is left who could kill it.
_LAST_RESORT_SECONDS = 30.0
_NICENESS = 10

Operation = Callable[[Any, Control], Any]


def serve(operations: Callable[[], Mapping[str, Operation]]) -> int:
    """Hold one conversation over standard input and output; returns the exit code.

    For the main thread of a process of its own. ``operations`` is called after the greeting: what
    it imports doesn't keep the window waiting for that.
    """
    heard, said = _take_streams()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the window was interrupted too: it decides
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    allow_many_open_files()
    speaker = Speaker(said)
    speaker.hello()
    try:
        start = hear_start(heard)
        if start is None:
            speaker.stopped(())
            return 0
        return _run(start, operations(), heard, speaker)
    except WireError as fault:
        speaker.failed(_misunderstood(fault))
        return 1


def leave(code: int) -> None:
    """End the process at once, whatever threads there still are."""
    sys.stderr.flush()
    os._exit(code)


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """The conversation, moved away from where a stray ``print`` or ``input`` would disturb it."""
    heard, said = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return os.fdopen(heard, "rb"), os.fdopen(said, "wb")


def _run(
    start: Start, operations: Mapping[str, Operation], heard: BinaryIO, speaker: Speaker
) -> int:
    request = decode_request(start.verb, start.request)
    terminated = _Flag()
    signal.signal(signal.SIGTERM, terminated.raise_it)
    job: Job[Any] = Job(partial(operations[start.verb], request), start.verb)
    listener = Listener(heard, job.control, lambda: speaker.open_question)
    try:
        _attend(job, listener, terminated, speaker)
        if listener.fault is not None:
            raise listener.fault
        return _last_word(job, speaker)
    except WireError:
        job.control.cancel()
        job.join(_LAST_RESORT_SECONDS)
        raise


class _Flag:
    """Raised by a signal. A handler must not take locks that its thread may hold."""

    def __init__(self) -> None:
        self.raised = False

    def raise_it(self, *_: object) -> None:
        self.raised = True


def _attend(job: Job[Any], listener: Listener, terminated: _Flag, speaker: Speaker) -> None:
    """Speak until the job has ended."""
    reader = ProgressReader(job.control.progress)
    deadline: float | None = None
    while not job.join(SAMPLE_SECONDS):
        speaker.tell(job.control, reader)
        if terminated.raised or speaker.gone:
            job.control.cancel()
        if deadline is None and (listener.ended or speaker.gone):
            deadline = time.monotonic() + _LAST_RESORT_SECONDS
        if deadline is not None and time.monotonic() > deadline:
            leave(1)
    speaker.tell(job.control, reader)


def _last_word(job: Job[Any], speaker: Speaker) -> int:
    match job.state:
        case JobState.DONE if job.report is not None:
            speaker.done(job.report)
        case JobState.CANCELLED:
            speaker.stopped(job.kept)
        case JobState.FAILED if isinstance(job.error, ZpackError):
            speaker.failed(job.error.explain())
        case JobState.FAILED if isinstance(job.error, OSError):
            speaker.failed(system_failure(job.error, job.error.filename or "").explain())
        case _:
            if job.error is not None:
                traceback.print_exception(job.error)
            return 1
    return 0


def _misunderstood(fault: WireError) -> Explanation:
    return WorkerLost(f"The conversation with the job's process broke down: {fault}.").explain()
