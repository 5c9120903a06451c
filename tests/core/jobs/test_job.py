"""An operation on a thread of its own."""

import threading

from zpack.jobs import Cancelled, Control, Job, JobState

SECONDS = 30


def test_a_job_that_is_done():
    job = Job(lambda control: "report", "name")
    assert job.join(SECONDS)
    assert (job.state, job.report, job.error, job.kept) == (JobState.DONE, "report", None, ())


def test_a_job_that_fails():
    error = ValueError("no")

    def fail(control: Control) -> None:
        raise error

    job = Job(fail)
    assert job.join(SECONDS)
    assert (job.state, job.report, job.error) == (JobState.FAILED, None, error)


def test_a_job_that_is_cancelled_tells_what_it_kept():
    def stop(control: Control) -> None:
        raise Cancelled(("a", "b"))

    job = Job(stop)
    assert job.join(SECONDS)
    assert (job.state, job.kept) == (JobState.CANCELLED, ("a", "b"))


def test_it_runs_on_a_thread_of_its_own():
    go = threading.Event()
    job = Job(lambda control: go.wait(SECONDS))
    assert not job.join(0)
    assert job.state is JobState.RUNNING
    go.set()
    assert job.join(SECONDS)


def test_many_short_jobs_leave_no_threads():
    before = threading.active_count()
    for _ in range(500):
        assert Job(lambda control: None).join(SECONDS)
    assert threading.active_count() == before
