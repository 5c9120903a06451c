"""Many archives at once, each for itself."""

import os
from pathlib import Path

import pytest

from tests.core.sockets import make_socket
from zpack.errors import ExitCode, RequestRefused
from zpack.jobs import Cancelled, Control, Outcome, ProgressReader
from zpack.operations import (
    CreateEachReport,
    CreateEachRequest,
    CreateRequest,
    Originals,
    Proof,
    VerifyRequest,
    create_each,
    verify,
)


def batch(
    folder: Path, *sources: Path, control: Control | None = None, **options: object
) -> CreateEachReport:
    names = tuple(map(str, sources))
    request = CreateRequest(str(folder), names, **options)  # type: ignore[arg-type]
    return create_each(CreateEachRequest(request), control or Control())


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    made = []
    for name in ("one", "two", "three"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "file").write_text(name * 1000)
        made.append(tmp_path / "in" / name)
    return made


def test_one_archive_for_each(tmp_path: Path, sources: list[Path]) -> None:
    control = Control()
    report = batch(tmp_path / "out", *sources, control=control)
    assert report.exit_code == ExitCode.DONE
    assert [part.source for part in report.parts] == list(map(str, sources))
    for part, name in zip(report.parts, ("one", "two", "three"), strict=True):
        assert part.report is not None
        assert part.report.target == str(tmp_path / "out" / f"{name}.tar.zst")
        assert verify(VerifyRequest(part.report.target), Control()).proof is Proof.PROVEN
    sample = ProgressReader(control.progress).sample()
    assert (sample.items_done, sample.items_total) == (3, 3)
    assert sample.bytes_done == sample.bytes_total == len("onetwothree") * 1000


def test_one_that_fails_does_not_stop_the_others(tmp_path: Path, sources: list[Path]) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "one.tar.zst").write_bytes(b"precious")
    control = Control()
    report = batch(tmp_path / "out", sources[0], tmp_path / "gone", sources[1], control=control)
    assert [part.error and part.error.code for part in report.parts] == [
        "target-exists",
        "source-missing",
        None,
    ]
    assert report.exit_code == ExitCode.PARTIAL
    assert (tmp_path / "out" / "one.tar.zst").read_bytes() == b"precious"
    assert sorted(ProgressReader(control.progress).sample().outcomes) == [
        Outcome.DONE,
        Outcome.FAILED,
        Outcome.FAILED,
    ]


def test_all_fail_and_leave_no_folder(tmp_path: Path) -> None:
    report = batch(tmp_path / "out", tmp_path / "gone")
    assert report.exit_code == ExitCode.FAILED
    assert not (tmp_path / "out").exists()


def test_what_concerns_all_is_refused_before_anything(tmp_path: Path, sources: list[Path]) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RequestRefused) as caught:
        batch(tmp_path / "file", sources[0], tmp_path / "x" / "one", preset="huge", exclude=("[",))
    codes = [fault.code for fault in caught.value.faults]
    assert codes == ["unknown-preset", "bad-pattern", "same-name", "target-unwritable"]
    with pytest.raises(RequestRefused):
        batch(tmp_path / "no" / "out", sources[0])
    with pytest.raises(RequestRefused):
        batch(tmp_path / "out")


def test_the_folder_among_the_sources(tmp_path: Path, sources: list[Path]) -> None:
    report = batch(tmp_path / "in", tmp_path / "in", sources[0])
    assert [part.error and part.error.code for part in report.parts] == [
        "target-inside-source",
        None,
    ]


def test_cancelled_keeps_what_is_finished(tmp_path: Path, sources: list[Path]) -> None:
    class CancelSecond(Control):
        def check(self) -> None:
            if self.progress.lanes and self.progress.lanes[0].items_done:
                self.cancel()
            super().check()

    with pytest.raises(Cancelled) as caught:
        batch(tmp_path / "out", *sources, control=CancelSecond())
    assert caught.value.kept == (str(tmp_path / "out" / "one.tar.zst"),)
    assert os.listdir(tmp_path / "out") == ["one.tar.zst"]


def test_originals_of_those_that_are_done_go(tmp_path: Path, sources: list[Path]) -> None:
    make_socket(sources[1] / "pipe")
    report = batch(tmp_path / "out", *sources, originals=Originals.DELETE)
    assert report.exit_code == ExitCode.PARTIAL
    assert sorted(path.name for path in (tmp_path / "in").rglob("*")) == ["pipe", "two"]


def test_a_source_that_is_named_twice_is_one(tmp_path: Path, sources: list[Path]) -> None:
    report = batch(tmp_path / "out", sources[0], sources[1], sources[0])
    assert [part.error for part in report.parts] == [None, None]
    assert len(os.listdir(tmp_path / "out")) == 2
