"""Processes that share out tasks."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.core.jobs.crews import SECONDS, Squares, started
from tests.core.waiting import wait_until
from zpack.errors import WorkerLost
from zpack.jobs import Cancelled, Outcome, PartState, ProgressReader
from zpack.jobs.process_crew import run_processes
from zpack.jobs.sharing import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system makes no processes by fork")
FDS = Path("/proc/self/fd")


@pytest.fixture(autouse=True)
def _nothing_is_left():
    before = len(list(FDS.iterdir()))
    yield
    assert len(list(FDS.iterdir())) == before
    assert not [each for each in threading.enumerate() if each.name.startswith("zpack")]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_every_task_is_done_once_and_by_another_process():
    job = Squares(started(100_000))
    assert run_processes(range(100_000), job, 3, job.control)
    assert sorted(job.done) == [-1, *(number * number for number in range(100_000))]
    assert len({part.process for part in job.parts} - {os.getpid()}) == 3


def test_what_processes_count_is_counted_here():
    job = Squares(started(5000))
    reader = ProgressReader(job.control.progress)
    run_processes(range(5000), job, 2, job.control)
    sample = reader.sample()
    assert sample.items_done == 5000
    assert sample.bytes_done == 50_000
    assert sorted(sample.finished) == list(range(5000))
    assert set(sample.outcomes) == {Outcome.DONE}
    assert set(job.control.progress.outcomes) == {Outcome.DONE}
    assert sorted(sample.settled) == list(range(5000))
    assert set(job.control.progress.part_states) == {PartState.REPAIRED}
    assert sample.active == ()


def test_how_far_they_are_shows_meanwhile():
    job = Squares(started(10), waits=(7,))
    reader = ProgressReader(job.control.progress)
    seen = []

    def watch() -> None:
        def shows() -> bool:
            sample = reader.sample()
            seen.extend(sample.finished)
            return len(seen) == 9 and sample.active == ((7, 0),)

        wait_until(shows)
        job.control.cancel()

    watcher = threading.Thread(target=watch)
    watcher.start()
    with pytest.raises(Cancelled):
        run_processes(range(10), job, 2, job.control)
    watcher.join(SECONDS)
    assert sorted(seen) == [0, 1, 2, 3, 4, 5, 6, 8, 9]
    assert sorted(job.done) == [-1, 0, 1, 4, 9, 16, 25, 36, 64, 81]


def test_an_error_ends_the_others_and_says_where_it_was():
    job = Squares(started(1000), raises=(3,))
    with pytest.raises(ValueError, match="not 3") as raised:
        run_processes(range(1000), job, 2, job.control)
    assert "in _do" in raised.value.__notes__[0]
    assert len(job.parts) == 2  # what was done is known all the same
    assert not job.control.cancelled


def test_a_pause_holds_every_process():
    job = Squares(started(4000))
    control = job.control
    control.pause()

    def look() -> None:
        wait_until(lambda: len(control.progress.lanes) == 2)
        assert not sum(control.progress.outcomes)
        control.resume()

    watcher = threading.Thread(target=look)
    watcher.start()
    run_processes(range(4000), job, 2, control)
    watcher.join(SECONDS)
    assert sum(control.progress.outcomes) == 4000


def test_a_task_that_would_have_to_ask_is_left():
    job = Squares(started(50), asks=(11, 12))
    run_processes(range(50), job, 2, job.control)
    assert sorted(job.left) == [11, 12]
    assert len(job.done) == 49


def test_a_process_that_is_killed_is_told_and_its_part_is_lost():
    job = Squares(started(50), dies=(5,))
    with pytest.raises(WorkerLost) as raised:
        run_processes(range(50), job, 2, job.control)
    assert "signal 9" in raised.value.details
    assert job.lost == 1
    assert len(job.parts) == 1


@pytest.mark.parametrize("call", ["os.fork", "os.memfd_create", "fcntl.lockf"])
def test_where_no_process_can_be_made_nothing_is_done(monkeypatch, call):
    def fail(*_: object) -> int:
        raise BlockingIOError

    monkeypatch.setattr(call, fail)
    job = Squares(started(5))
    assert not run_processes(range(5), job, 2, job.control)
    assert job.done == [-1]


def test_a_control_can_be_used_again():
    job = Squares(started(10))
    for _ in range(3):
        run_processes(range(10), job, 2, job.control)
    assert len(job.done) == 31


_PARENT = """
from tests.core.jobs.crews import Squares, started
from zpack.jobs.process_crew import run_processes
job = Squares(started(4), waits=(0, 1, 2, 3))
run_processes(range(4), job, 2, job.control)
"""


def test_no_process_outlives_the_one_that_made_it():
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT], env={"PYTHONPATH": ":".join(sys.path)}
    )
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    wait_until(lambda: len(children.read_text().split()) == 2)
    made = [Path("/proc", pid) for pid in children.read_text().split()]
    parent.kill()
    parent.wait(SECONDS)
    wait_until(lambda: not any(_runs(process) for process in made))


def _runs(process: Path) -> bool:
    try:
        return "(zombie)" not in (process / "status").read_text()
    except OSError:
        return False
