"""Limits: asked before they are passed, refused where nobody allows it."""

import io
import os
import tarfile
from pathlib import Path

import pytest
import zstandard

from tests.core.operations.conftest import Maker
from tests.core.operations.hostile import foreign, member
from zpack.errors import ExitCode, LimitReached, RequestRefused
from zpack.jobs import Answer, Choice, Control, Limit, LimitQuestion, Question
from zpack.operations import (
    ExtractReport,
    ExtractRequest,
    InfoRequest,
    Limits,
    ListRequest,
    VerifyRequest,
    extract,
    info,
    limits,
    list_archive,
    verify,
)
from zpack.operations.limits import USUAL_LIMITS, EntryClock, LimitGuard


class Asked(Control):
    """Answers by itself, and remembers what it was asked."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.asked: list[LimitQuestion] = []
        self._choice = choice

    def ask(self, question: Question) -> Answer:
        assert isinstance(question, LimitQuestion)
        self.asked.append(question)
        return Answer(self._choice)


def run(archive: str, out: Path, control: Control, given: Limits) -> ExtractReport:
    return extract(ExtractRequest(archive, str(out), limits=given), control)


@pytest.mark.parametrize(
    ("given", "limit"),
    [
        (Limits(entries=3), Limit.ENTRIES),
        (Limits(size=100), Limit.SIZE),
    ],
)
def test_asked_before_anything_is_written(
    archive: str, tmp_path: Path, given: Limits, limit: Limit
) -> None:
    refused = Asked(Choice.REFUSE)
    with pytest.raises(LimitReached) as caught:
        run(archive, tmp_path / "out", refused, given)
    assert not (tmp_path / "out").exists()
    assert caught.value.exit_code == ExitCode.FAILED
    assert limits.FLAGS[limit] in caught.value.hint
    allowed = Asked(Choice.ALLOW)
    assert run(archive, tmp_path / "out", allowed, given).problems == ()
    for control in (refused, allowed):
        assert [question.limit for question in control.asked] == [limit]
        assert control.asked[0].wanted > control.asked[0].most


def test_what_is_chosen_counts(archive: str, tmp_path: Path) -> None:
    request = ExtractRequest(
        archive, str(tmp_path / "out"), ("tree/none",), limits=Limits(size=100, entries=1)
    )
    assert extract(request, Asked(Choice.REFUSE)).files == 1


def test_zero_is_no_limit(archive: str, tmp_path: Path) -> None:
    none = Limits(size=0, ratio=0, entries=0, memory=0, entry_seconds=0, space=False)
    assert run(archive, tmp_path / "out", Asked(Choice.REFUSE), none).files == 5


def test_limits_below_nothing_are_a_fault(archive: str, tmp_path: Path) -> None:
    with pytest.raises(RequestRefused) as caught:
        run(archive, tmp_path / "out", Control(), Limits(size=-1, ratio=-2))
    assert [fault.code for fault in caught.value.faults] == ["bad-limit"] * 2


def test_ratio_counts_only_from_much(
    tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zeros").write_bytes(bytes(4 << 20))
    archive = make(tmp_path / "zeros").target
    given = Limits(ratio=100)
    assert run(archive, tmp_path / "small", Asked(Choice.REFUSE), given).files == 1
    monkeypatch.setattr(limits, "RATIO_FROM", 1 << 20)
    control = Asked(Choice.REFUSE)
    with pytest.raises(LimitReached):
        run(archive, tmp_path / "out", control, given)
    assert [question.limit for question in control.asked] == [Limit.RATIO]


def test_nobody_to_ask(archive: str, tmp_path: Path) -> None:
    with pytest.raises(LimitReached):
        run(archive, tmp_path / "out", Control(attended=False), Limits(entries=3))


@pytest.fixture
def swarm(tmp_path: Path) -> str:
    """Fifty thousand empty files with long names, without an index, in very little."""
    path = tmp_path / "swarm.tar.zst"
    with open(path, "wb") as file:
        compressor = zstandard.ZstdCompressor(level=3).stream_writer(file, closefd=False)
        with compressor, tarfile.open(fileobj=compressor, mode="w|") as tar:
            for number in range(50_000):
                tar.addfile(member(f"{number:090}"), io.BytesIO())
    return str(path)


@pytest.mark.parametrize(
    ("given", "limit"),
    [
        (Limits(entries=5000), Limit.ENTRIES),
        (Limits(memory=3 << 20), Limit.MEMORY),
        (Limits(size=4 << 20), Limit.SIZE),
    ],
)
def test_a_scan_stops_soon_after_a_limit(swarm: str, given: Limits, limit: Limit) -> None:
    for verb, request in (
        (list_archive, ListRequest(swarm, given)),
        (info, InfoRequest(swarm, given)),
        (verify, VerifyRequest(swarm, limits=given)),
    ):
        control = Asked(Choice.REFUSE)
        with pytest.raises(LimitReached):
            verb(request, control)  # type: ignore[operator]
        assert [question.limit for question in control.asked] == [limit]
        assert control.progress.items_total < 12_000  # of fifty thousand


def test_allowed_once_a_scan_goes_on_to_its_end(swarm: str) -> None:
    control = Asked(Choice.ALLOW)
    report = list_archive(ListRequest(swarm, Limits(entries=5000)), control)
    assert len(report.listing) == 50_001
    assert len(control.asked) == 1


def test_the_memory_of_names_and_links_counts(tmp_path: Path) -> None:
    names = [f"{number}/" + "x" * 200 + f"/{number}" for number in range(500)]
    links = [member(f"l{number}", tarfile.SYMTYPE, "y" * 4000) for number in range(500)]
    long = foreign(tmp_path / "n.tar.zst", *((member(name), b"") for name in names))
    linked = foreign(tmp_path / "l.tar.zst", *((link, b"") for link in links))
    for archive in (long, linked):
        control = Asked(Choice.REFUSE)
        with pytest.raises(LimitReached):
            list_archive(ListRequest(archive, Limits(memory=400_000)), control)


def test_room_on_the_disk(archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fstatvfs

    def nearly_full(fd: int) -> os.statvfs_result:
        told = list(real(fd))
        told[1], told[4] = 1, 1000  # f_frsize, f_bavail
        return os.statvfs_result(told)

    monkeypatch.setattr(os, "fstatvfs", nearly_full)
    control = Asked(Choice.REFUSE)
    with pytest.raises(LimitReached) as caught:
        run(archive, tmp_path / "out", control, USUAL_LIMITS)
    assert not (tmp_path / "out").exists()
    assert "--no-space-check" in caught.value.hint
    assert (control.asked[0].limit, control.asked[0].most) == (Limit.SPACE, 1000)
    assert control.asked[0].path == str(tmp_path / "out")
    run(archive, tmp_path / "out", control, Limits(space=False))
    run(archive, tmp_path / "out", control, USUAL_LIMITS)  # it is there already
    assert len(control.asked) == 1


def test_an_entry_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    control = Asked(Choice.REFUSE)
    clock = EntryClock(LimitGuard("a", Limits(entry_seconds=10), control))
    now = 10.5
    clock.check(lambda: "entry")
    now = 12.0
    control._waited = 3.0  # a pause is no part of it
    clock.check(lambda: "entry")
    control._waited = 0.0
    with pytest.raises(LimitReached) as caught:
        clock.check(lambda: "entry")
    assert caught.value.path == "entry"
    assert control.asked[0].wanted == 12


def test_a_slow_entry_is_taken_back(
    tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "big").write_bytes(os.urandom(20 << 20))
    archive = make(tmp_path / "big", preset="fast").target
    monkeypatch.setattr(EntryClock, "_now", lambda self, at=[0]: at.append(at[-1] + 9) or at[-1])
    with pytest.raises(LimitReached):
        run(archive, tmp_path / "out", Asked(Choice.REFUSE), Limits(entry_seconds=5))
    assert not (tmp_path / "out").exists()


def test_a_conflict_s_answer_for_all_allows_nothing(archive: str, tmp_path: Path) -> None:
    control = Control()
    control._standing[LimitQuestion.__mro__[1]] = Answer(Choice.ALLOW, for_all=True)
    control.cancel()  # so that the question ends at once, unanswered
    with pytest.raises(BaseException, match="cancelled"):
        run(archive, tmp_path / "out", control, Limits(entries=3))
