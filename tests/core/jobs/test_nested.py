"""A job within a job: cancelled with it, and counted in it."""

import threading

import pytest

from zpack.jobs import Cancelled, Conflict, Control, NestedControl


def test_cancelling_the_outer_job_cancels_the_inner_one() -> None:
    outer = Control()
    inner = NestedControl(outer)
    inner.check()
    outer.cancel()
    with pytest.raises(Cancelled):
        inner.check()


def test_questions_and_waiting_are_the_outer_jobs() -> None:
    outer = Control(attended=False)
    inner = NestedControl(outer)
    question = Conflict("a", 1, 2, 3, 4)
    assert inner.ask(question) == outer.ask(question)
    threading.Timer(0.05, outer.resume).start()
    outer.pause()
    inner.check()
    assert inner.waited == outer.waited > 0


def test_bytes_count_in_the_outer_job_after_what_it_did_itself() -> None:
    outer = Control()
    outer.progress.start([0], 1, 100)
    outer.progress.lane().advance(100)
    inner = NestedControl(outer)
    inner.progress.start([0, 0], 2, 50)
    inner.progress.lane().advance(20)
    inner.progress.lane().advance(10)
    inner.check()
    assert outer.progress.bytes_total == 150
    assert sum(lane.bytes_done for lane in outer.progress.lanes) == 130
    assert outer.progress.items_total == 1
