"""The window's end of the conversation, with workers that behave."""

import os
import sys
import threading

import pytest

from tests.core.waiting import wait_until
from tests.core.worker.peers import pretender_command
from zpack.jobs import Answer, Choice, Conflict, JobState, Limit, LimitQuestion, Outcome
from zpack.operations.reports import ListReport, Proof, VerifyReport
from zpack.operations.requests import ListRequest, VerifyRequest
from zpack.worker import WorkerJob

SECONDS = 30


def start(behaviour: str, **options: object) -> WorkerJob:
    return WorkerJob(VerifyRequest(behaviour), command=pretender_command(), **options)


def test_a_report_comes_back():
    job = start("quick")
    assert job.join(SECONDS)
    assert job.state is JobState.DONE
    assert job.report == VerifyReport("x", Proof.PROVEN, 3, 3, 30, 0.5)
    assert job.error is None
    assert job.request == VerifyRequest("quick")


def test_items_outcomes_and_samples():
    job = start("items")
    assert job.join(SECONDS)
    assert [job.items.name(row) for row in (1, 2, 3)] == [b"a.txt", b"b\xff.txt", b"c.txt"]
    assert list(job.outcomes) == [0, Outcome.DONE, Outcome.DAMAGED, Outcome.DONE]
    sample = job.sample()
    assert list(sample.finished) == [1, 2, 3]
    assert sample.outcomes == bytes((1, 5, 1))
    assert (sample.phase, sample.items_done, sample.bytes_done) == ("verifying", 3, 30)
    assert len(job.sample().finished) == 0
    assert job.sample().items_done == 3


def test_a_listing_belongs_to_its_report():
    job = WorkerJob(ListRequest("a"), command=pretender_command())
    assert job.join(SECONDS)
    assert isinstance(job.report, ListReport)
    assert job.report.listing is job.items
    assert len(job.items) == 4


def test_a_limit():
    job = start("limit")
    wait_until(lambda: job.question)
    assert job.question.question == LimitQuestion("a\udcff", Limit.RATIO, 5000, 1000)
    job.answer(job.question.number, Answer(Choice.REFUSE))
    wait_until(lambda: job.question and isinstance(job.question.question, Conflict))
    job.answer(job.question.number, Answer(Choice.SKIP))
    assert job.join(SECONDS)
    assert [problem.path for problem in job.report.problems] == ["refuse", "skip"]


def test_questions_and_answers():
    job = start("ask")
    wait_until(lambda: job.question)
    first = job.question
    assert first.question == Conflict("first\udcff", 1, 2, 3, 4)
    job.answer(first.number + 7, Answer(Choice.OVERWRITE))
    assert job.question is first
    job.answer(first.number, Answer(Choice.SKIP))
    job.answer(first.number, Answer(Choice.OVERWRITE))
    wait_until(lambda: job.question)
    job.answer(job.question.number, Answer(Choice.NEWER))
    assert job.join(SECONDS)
    answers = [problem.path for problem in job.report.problems]
    assert answers == ["first\udcff skip", "second newer"]
    assert job.question is None


def test_one_answer_for_all():
    job = start("ask")
    wait_until(lambda: job.question)
    job.answer(job.question.number, Answer(Choice.RENAME, for_all=True))
    assert job.join(SECONDS)
    assert [problem.path for problem in job.report.problems][1] == "second rename"


def test_long_lists_arrive_whole():
    job = start("many")
    assert job.join(SECONDS)
    assert [p.path for p in job.report.problems] == [f"file {n}" for n in range(350)]


def test_cancel():
    job = start("spin")
    wait_until(lambda: job.sample().phase)
    job.cancel()
    job.cancel()
    assert job.join(SECONDS)
    assert (job.state, job.kept, job.report) == (JobState.CANCELLED, (), None)


def test_cancel_before_anything_happened():
    job = start("spin")
    job.cancel()
    assert job.join(SECONDS)
    assert job.state is JobState.CANCELLED


def test_cancel_while_paused():
    job = start("spin")
    job.pause()
    assert job.paused
    job.cancel()
    assert job.join(SECONDS)
    assert job.state is JobState.CANCELLED


def test_pause_holds_and_resume_lets_go():
    job = start("ask")
    job.pause()
    job.resume()
    assert not job.paused
    wait_until(lambda: job.question)
    job.answer(job.question.number, Answer(Choice.SKIP, for_all=True))
    assert job.join(SECONDS)
    assert job.state is JobState.DONE


def test_cancel_instead_of_an_answer():
    job = start("ask")
    wait_until(lambda: job.question)
    job.cancel()
    assert job.join(SECONDS)
    assert job.state is JobState.CANCELLED
    assert job.question is None


def test_what_a_cancelled_job_kept():
    job = start("keep")
    job.cancel()
    assert job.join(SECONDS)
    assert job.kept == tuple(f"kept {n}" for n in range(350))


def test_errors_come_back_explained():
    job = start("missing")
    assert job.join(SECONDS)
    assert job.state is JobState.FAILED
    assert (job.error.code, job.error.path) == ("source-missing", "gone\udcff")


def test_a_worker_that_ignores_cancel_is_killed():
    job = start("stubborn", grace=0.05)
    wait_until(lambda: job.sample().phase == "stubborn")
    job.cancel()
    assert job.join(SECONDS)
    assert (job.state, job.error) == (JobState.CANCELLED, None)


def test_kill():
    job = start("stubborn")
    wait_until(lambda: job.sample().phase == "stubborn")
    job.kill()
    assert job.join(SECONDS)
    assert job.state is JobState.CANCELLED


def test_kill_before_it_has_started():
    job = start("stubborn")
    job.kill()
    assert job.join(SECONDS)
    assert job.state is JobState.CANCELLED


def test_nothing_happens_after_the_end():
    job = start("quick")
    assert job.join(SECONDS)
    job.pause()
    job.resume()
    job.answer(1, Answer(Choice.SKIP))
    job.cancel()
    job.kill()
    assert job.state is JobState.DONE
    assert threading.active_count() == 1


def test_join_gives_up_in_time():
    job = start("stubborn")
    assert not job.join(0)
    job.kill()
    assert job.join(SECONDS)


def test_the_request_may_be_larger_than_a_pipe_holds():
    archive = "quick"
    job = WorkerJob(VerifyRequest(archive), command=pretender_command())
    assert job.join(SECONDS)
    large = WorkerJob(ListRequest("a" * 1_000_000), command=pretender_command())
    assert large.join(SECONDS)
    assert large.report.archive == "a" * 1_000_000


def test_a_request_that_is_too_long_fails():
    job = WorkerJob(ListRequest("a" * (16 << 20)), command=pretender_command())
    assert job.join(SECONDS)
    assert job.state is JobState.FAILED
    assert job.error.code == "request-too-long"


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def children() -> str:
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:
        return file.read()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it looks into /proc")
def test_many_short_jobs_leave_nothing_behind():
    files, threads, processes = open_files(), threading.active_count(), children()
    ends = ("quick", "items", "missing", "killed", "spin")
    for number in range(100):
        job = start(ends[number % len(ends)])
        if job.request.archive == "spin":
            job.cancel()
        assert job.join(SECONDS)
    assert (open_files(), threading.active_count(), children()) == (files, threads, processes)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it looks into /proc")
def test_many_jobs_at_once():
    files, threads, processes = open_files(), threading.active_count(), children()
    jobs = [start("items") for _ in range(10)]
    assert all(job.join(SECONDS) for job in jobs)
    assert {job.state for job in jobs} == {JobState.DONE}
    assert (open_files(), threading.active_count(), children()) == (files, threads, processes)
