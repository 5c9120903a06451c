"""Duels: who runs when, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks import duels
from benchmarks.duels import Duel, fight
from benchmarks.peers import TAR_ZSTD
from benchmarks.sample import Memory, Sample


@dataclass
class Runner:
    """Writes down what it is asked to do."""

    title: str
    log: list[str]
    seconds: float
    result: Path | None = None

    def run(self) -> Sample:
        self.log.append(self.title)
        return Sample(self.seconds, self.seconds)

    def run_for_memory(self) -> Memory:
        self.log.append(f"{self.title} watched")
        if self.result is not None:
            self.result.write_bytes(b"x" * int(self.seconds * 100))
        return Memory(int(self.seconds * 10), int(self.seconds * 20))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """How long a pair seems to take."""

    def take(seconds: float) -> None:
        times = iter(number * seconds for number in range(1000))
        monkeypatch.setattr(duels.time, "monotonic", lambda: next(times))

    return take


def duel(log: list[str], folder: Path | None = None) -> Duel:
    ours = Runner("ours", log, 1.0, folder / "ours" if folder else None)
    theirs = Runner("theirs", log, 2.0, folder / "theirs" if folder else None)
    prepare = lambda: log.append("prepare")  # noqa: E731
    return Duel("create", "small", TAR_ZSTD, ours, theirs, prepare)


def test_both_warm_up_then_take_turns_each_prepared() -> None:
    log: list[str] = []
    fight(duel(log), rounds=2, patience=1000)
    assert log == [
        "prepare", "ours watched", "prepare", "theirs watched",
        "prepare", "ours", "prepare", "theirs",
        "prepare", "ours", "prepare", "theirs",
    ]  # fmt: skip


def test_sides_are_told_apart(tmp_path: Path) -> None:
    bout = fight(duel([], tmp_path), rounds=2, patience=1000)
    assert bout.name == "create, small, against tar + zstd"
    assert bout.time_ratio.value == pytest.approx(0.5)
    assert bout.time_difference.value == -1
    assert bout.size_ratio is not None
    assert bout.size_ratio.value == 0.5
    assert bout.ours.memory == Memory(10, 20)
    assert bout.theirs.memory == Memory(20, 40)


def test_what_makes_nothing_has_no_size() -> None:
    assert fight(duel([]), rounds=2, patience=1000).size_ratio is None


def test_slow_duels_have_fewer_rounds(clock: Callable[[float], None]) -> None:
    clock(30)
    log: list[str] = []
    bout = fight(duel(log), rounds=7, patience=120)
    assert len(bout.ours.samples) == 3
    assert log.count("theirs") == 3


def test_but_never_fewer_than_three(clock: Callable[[float], None]) -> None:
    clock(1000)
    assert len(fight(duel([]), rounds=7, patience=1).ours.samples) == 3


def test_fewer_rounds_can_be_asked_for(clock: Callable[[float], None]) -> None:
    clock(1)
    assert len(fight(duel([]), rounds=2, patience=1).ours.samples) == 2
