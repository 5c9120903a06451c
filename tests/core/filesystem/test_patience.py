"""A disk that refuses for a moment is asked again; one that is gone is reported."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.operations.conftest import fill
from zpack.filesystem import Patience, patience, write_all
from zpack.filesystem.patience import MOMENTARY, MOST_SECONDS, WAITS
from zpack.jobs import Cancelled, Control
from zpack.operations import (
    CreateRequest,
    ExtractRequest,
    Proof,
    VerifyRequest,
    create,
    extract,
    verify,
)


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody waits; what would have been is kept."""
    seconds: list[float] = []
    monkeypatch.setattr(patience, "sleep", seconds.append)
    return seconds


class Refusing:
    """Stands in for a function of ``os``: refuses the next ``times`` calls, and counts all. With
    ``only`` just those whose first argument has that in it."""

    def __init__(
        self, real: Callable[..., object], times: int, number: int, only: str = ""
    ) -> None:
        self.real, self.times, self.number, self.only, self.calls = real, times, number, only, 0

    def __call__(self, *arguments: object, **options: object) -> object:
        self.calls += 1
        if self.times and self.only in repr(arguments[:1]):
            self.times -= 1
            raise OSError(self.number, os.strerror(self.number))
        return self.real(*arguments, **options)


def refuse(
    monkeypatch: pytest.MonkeyPatch, name: str, times: int, number: int, only: str = ""
) -> Refusing:
    stand_in = Refusing(getattr(os, name), times, number, only)
    monkeypatch.setattr(os, name, stand_in)
    return stand_in


def error(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize("number", sorted(MOMENTARY))
def test_reading_again(number: int, waited: list[float]) -> None:
    call = Refusing(lambda: 5, 2, number)
    assert Patience().reading(error(number), call) == 5
    assert call.calls == 3
    assert sum(waited) == pytest.approx(sum(WAITS[:3]))


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS])
def test_what_would_not_change_is_not_asked_again(number: int, waited: list[float]) -> None:
    call = Refusing(lambda: 5, 0, number)
    with pytest.raises(OSError, match=os.strerror(number)):
        Patience().reading(error(number), call)
    assert (call.calls, waited) == (0, [])


def test_it_ends(waited: list[float]) -> None:
    call = Refusing(lambda: 5, 1000, errno.ESTALE)
    with pytest.raises(OSError, match="Stale"):
        Patience().reading(error(errno.EIO), call)
    assert call.calls == len(WAITS)


def test_the_reason_may_change() -> None:
    call = Refusing(lambda: 5, 1, errno.ENOENT)
    with pytest.raises(FileNotFoundError):
        Patience().reading(error(errno.EIO), call)
    assert call.calls == 1


def test_a_job_has_no_more_patience_than_that(waited: list[float]) -> None:
    shared = Patience()
    for _ in range(1000):
        with pytest.raises(OSError, match="error"):
            shared.reading(error(errno.EIO), Refusing(lambda: 5, 1000, errno.EIO))
    assert sum(waited) <= MOST_SECONDS + max(WAITS)


@pytest.mark.parametrize("number", sorted(MOMENTARY - {errno.EAGAIN}))
def test_writing_is_not_done_twice(number: int) -> None:
    """The error may be that of an earlier write, which is lost."""
    call = Refusing(lambda: 5, 0, number)
    with pytest.raises(OSError, match=os.strerror(number)):
        Patience().writing(error(number), call)
    assert call.calls == 0


def test_writing_what_was_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fd = os.open(tmp_path / "f", os.O_WRONLY | os.O_CREAT)
    refuse(monkeypatch, "write", 3, errno.EAGAIN)
    write_all(fd, b"everything", Patience())
    os.close(fd)
    assert (tmp_path / "f").read_bytes() == b"everything"


def test_cancelling_while_it_waits(waited: list[float]) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        Patience(control.check).reading(error(errno.EIO), lambda: 5)
    assert waited == []


# --- Whole jobs ----------------------------------------------------------------------------------


def make(tmp_path: Path) -> tuple[Path, tuple[object, ...]]:
    tree = tmp_path / "tree"
    if not tree.exists():
        fill(tree)
    request = CreateRequest(str(tmp_path / "a.tar.zst"), (str(tree),), threads=1, overwrite=True)
    return tmp_path / "a.tar.zst", create(request, Control()).problems


@pytest.mark.parametrize("name", ["open", "readv", "scandir", "stat"])
def test_sources_on_a_disk_that_stalls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    whole = make(tmp_path)[0].read_bytes()
    only = "" if name == "readv" else "tree/sub"
    refuse(monkeypatch, name, 3, errno.ETIMEDOUT, only)
    archive, problems = make(tmp_path)
    assert problems == ()
    assert archive.read_bytes() == whole


def test_sources_on_a_disk_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file costs some tries; all together cost no more than the job's patience."""
    make(tmp_path)
    stand_in = refuse(monkeypatch, "readv", 10_000, errno.EIO)
    archive, problems = make(tmp_path)
    monkeypatch.undo()
    assert {problem.code for problem in problems} == {"unreadable"}  # type: ignore[attr-defined]
    assert stand_in.calls < 100
    assert verify(VerifyRequest(str(archive)), Control()).proof is Proof.PROVEN


def test_an_archive_on_a_disk_that_stalls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, _ = make(tmp_path)
    refuse(monkeypatch, "pread", 4, errno.ESTALE)
    assert verify(VerifyRequest(str(archive)), Control()).proof is Proof.PROVEN
    refuse(monkeypatch, "open", 1, errno.EIO, archive.name)
    report = extract(ExtractRequest(str(archive), str(tmp_path / "out"), threads=1), Control())
    assert report.problems == ()


def test_an_archive_to_a_disk_that_takes_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make(tmp_path)[0].read_bytes()
    refuse(monkeypatch, "write", 3, errno.EAGAIN)
    assert make(tmp_path)[0].read_bytes() == whole
