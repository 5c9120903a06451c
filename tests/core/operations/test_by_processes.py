"""Verifying and extracting shared out among processes: the same as by threads, in every case."""

import errno
import os
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker, fill, snapshot
from tests.core.waiting import wait_until
from zpack.errors import LimitReached, OutOfSpace, WorkerLost
from zpack.filesystem import SourceFile
from zpack.jobs import Answer, Cancelled, Choice, Control, Job, LimitQuestion, Outcome
from zpack.jobs.sharing import CAN_FORK
from zpack.native.tail import read_tail
from zpack.operations import (
    ExtractReport,
    ExtractRequest,
    Limits,
    VerifyReport,
    VerifyRequest,
    extract,
    extract_files,
    verify,
)
from zpack.operations.limits import EntryClock

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system makes no processes by fork")
NOISE = 1_500_000  # more than a piece


@pytest.fixture(autouse=True)
def _for_few_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zpack.jobs.sharing.WORTH_PROCESSES", 2)


@pytest.fixture
def big(tmp_path: Path, make: Maker) -> str:
    """An archive of several runs: one of everything, and noise."""
    tree = fill(tmp_path / "tree")
    noise = random.Random(5)
    for number in range(14):
        (tree / f"{number}.noise").write_bytes(noise.randbytes(NOISE))
    return make(tree, preset="fast").target


def by(workers: int, archive: str, to: Path, control: Control | None = None) -> ExtractReport:
    return extract(ExtractRequest(archive, str(to), threads=workers), control or Control())


def check(workers: int, archive: str) -> VerifyReport:
    return verify(VerifyRequest(archive, threads=workers), Control())


def damage(archive: str, frame: int) -> None:
    with SourceFile(archive) as source:
        frames = read_tail(source).frames
    with open(archive, "r+b") as file:
        file.seek(frames.offset[frame] + frames.csize[frame] // 2)
        file.write(b"\xff\x00\xff\x00")


def same(one: object, other: object) -> bool:
    return replace(one, seconds=0) == replace(other, seconds=0)  # type: ignore[type-var]


def test_extracts_the_same(big: str, tmp_path: Path) -> None:
    controls = [Control(), Control()]
    report, alone = by(3, big, tmp_path / "x", controls[0]), by(1, big, tmp_path / "y", controls[1])
    assert same(replace(report, destination=alone.destination), alone)
    assert snapshot(tmp_path / "x" / "tree") == snapshot(tmp_path / "tree")
    assert controls[0].progress.outcomes == controls[1].progress.outcomes


def test_it_is_other_processes_that_extract(
    big: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    fork = os.fork

    def counted() -> int:
        made.append(fork())
        return made[-1]

    monkeypatch.setattr("os.fork", counted)
    by(3, big, tmp_path / "x")
    assert len(made) == 3
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "tree").mkdir()
    by(3, big, tmp_path / "there")  # where something is in the way, threads ask
    assert len(made) == 3
    check(2, big)
    assert len(made) == 5


def test_verifies_the_same(big: str) -> None:
    assert same(check(3, big), check(1, big))
    damage(big, 1)
    some, alone = check(3, big), check(1, big)
    assert sorted(some.problems, key=str) == sorted(alone.problems, key=str)
    assert same(replace(some, problems=()), replace(alone, problems=()))


def test_damage_is_confined_and_named(big: str, tmp_path: Path) -> None:
    damage(big, 1)
    report, alone = by(3, big, tmp_path / "x"), by(1, big, tmp_path / "y")
    assert sorted(report.problems, key=str) == sorted(alone.problems, key=str)
    assert report.problems
    assert snapshot(tmp_path / "x" / "tree") == snapshot(tmp_path / "y" / "tree")


Write = Callable[..., None]


def wherever(monkeypatch: pytest.MonkeyPatch, done: Callable[[], None]) -> None:
    """Do something instead of the third write of each process."""
    real, count = extract_files.write_all, 0

    def write(*args: object) -> None:
        nonlocal count
        count += 1
        if count == 3:
            done()
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(extract_files, "write_all", write)


def test_a_full_disk_takes_everything_back(
    big: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "full")

    before = sorted(tmp_path.iterdir())
    wherever(monkeypatch, full)
    with pytest.raises(OutOfSpace) as raised:
        by(2, big, tmp_path / "x")
    assert "tree/" in raised.value.details
    assert sorted(tmp_path.iterdir()) == before


def test_a_process_that_is_killed_takes_everything_back(
    big: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, here = sorted(tmp_path.iterdir()), os.getpid()

    def end() -> None:
        assert os.getpid() != here
        os.kill(os.getpid(), 9)

    wherever(monkeypatch, end)
    with pytest.raises(WorkerLost):
        by(2, big, tmp_path / "x")
    assert sorted(tmp_path.iterdir()) == before


def test_cancelling_takes_everything_back(
    big: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(tmp_path.iterdir())
    control = Control()
    control.pause()
    job = Job(lambda _: by(2, big, tmp_path / "x", control))
    wait_until(lambda: len(control.progress.lanes) >= 2)
    control.cancel()
    control.resume()
    assert job.join(30)
    assert job.state.value == "cancelled"
    assert sorted(tmp_path.iterdir()) == before


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Limits:
    """Each look at the clock takes a second: so every large file takes too long."""
    ticks = iter(range(1, 1_000_000))
    monkeypatch.setattr(EntryClock, "_now", lambda _: next(ticks))
    return Limits(entry_seconds=1)


def test_what_has_to_be_asked_is_asked_here(big: str, tmp_path: Path, slow: Limits) -> None:
    request = ExtractRequest(big, str(tmp_path / "x"), threads=2, limits=slow)
    job = Job(lambda control: extract(request, control))
    wait_until(lambda: job.control.question is not None)
    assert isinstance(job.control.question, LimitQuestion)
    job.control.answer(Answer(Choice.ALLOW))
    assert job.join(30)
    assert job.report is not None
    assert job.report.problems == ()
    assert snapshot(tmp_path / "x" / "tree") == snapshot(tmp_path / "tree")
    assert Outcome.WAITING not in job.control.progress.outcomes[1:]


def test_where_nobody_answers_it_is_refused(big: str, tmp_path: Path, slow: Limits) -> None:
    before = sorted(tmp_path.iterdir())
    request = ExtractRequest(big, str(tmp_path / "x"), threads=2, limits=slow)
    with pytest.raises(LimitReached):
        extract(request, Control(attended=False))
    assert sorted(tmp_path.iterdir()) == before


def test_a_cancelled_verification_ends(big: str) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        verify(VerifyRequest(big, threads=2), control)
