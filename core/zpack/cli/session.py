"""Runs an operation with everything a terminal offers: progress, questions, Ctrl-C."""

import argparse
import gc
import sys
from collections.abc import Callable
from typing import TypeVar

from zpack.cli.interrupts import Interrupted, Interrupts
from zpack.cli.output import complain
from zpack.cli.questions import answer_on_terminal, cautious_answer, is_terminal
from zpack.cli.terminal import ProgressLine
from zpack.filesystem import allow_many_open_files
from zpack.jobs import Cancelled, Control, Job, JobState, LimitQuestion, ProgressReader, Question

Report = TypeVar("Report")

SAMPLE_SECONDS = 0.1


def run_job(operation: Callable[[Control], Report], options: argparse.Namespace) -> Report:
    """The report of ``operation``, run on a thread while this one looks after it.

    Raises what the operation raises; :class:`Interrupted` if a signal cancelled it.
    """
    gc.enable()  # all is loaded now: see zpack.cli.start
    show = is_terminal(sys.stderr) and not options.quiet
    line = ProgressLine(sys.stderr) if show else None
    allow_many_open_files()
    with Interrupts() as interrupts:
        job = Job(operation)
        try:
            _attend(job, interrupts, line, as_json=options.json)
        finally:
            # Also when something here fails: the job must not outlive its command.
            if not job.join(0):
                job.control.cancel()
                job.join()
            if line is not None:
                line.clear()
        return _result(job, interrupts)


def _attend(
    job: Job[Report], interrupts: Interrupts, line: ProgressLine | None, *, as_json: bool
) -> None:
    reader = ProgressReader(job.control.progress)
    while not job.join(SAMPLE_SECONDS):
        if interrupts.number:
            job.control.cancel()
        if line is not None:
            line.show(reader.sample(), job.control.progress.items)
        question = job.control.question
        if question is not None:
            if line is not None:
                line.clear()
            # A program that reads JSON has said nothing about limits: it is told of the flag.
            can_ask = is_terminal(sys.stdin) and not (
                as_json and isinstance(question, LimitQuestion)
            )
            _answer(job, question, interrupts, can_ask=can_ask)


def _answer(job: Job[Report], question: Question, interrupts: Interrupts, *, can_ask: bool) -> None:
    try:
        interrupts.prompting = True
        if not interrupts.number:  # looked at only now: from here on a signal raises
            answer = answer_on_terminal if can_ask else cautious_answer
            job.control.answer(answer(question))
    except Interrupted:
        complain("")
        job.control.cancel()
    finally:
        interrupts.prompting = False


def _result(job: Job[Report], interrupts: Interrupts) -> Report:
    if job.state is JobState.CANCELLED and interrupts.number:
        raise Interrupted(interrupts.number, job.kept)
    if job.state is JobState.CANCELLED:
        raise Cancelled(job.kept)
    if job.error is not None:
        raise job.error
    if job.report is None:
        raise RuntimeError("the job ended without a report")
    return job.report
