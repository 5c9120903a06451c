"""`dev.py fuzz`: what it runs, and what it says where it cannot."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from dev_tools import fuzz, places, say


class Runs:
    """Stands in for ``subprocess.run``: keeps commands, and answers with exit codes."""

    def __init__(self, *codes: int) -> None:
        self.codes = list(codes)
        self.commands: list[list[str]] = []

    def __call__(
        self, command: Sequence[str | Path], **options: object
    ) -> "subprocess.CompletedProcess[bytes]":
        self.commands.append([str(word) for word in command])
        return subprocess.CompletedProcess(command, self.codes.pop(0) if self.codes else 0)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Runs:
    made = Runs()
    monkeypatch.setattr(subprocess, "run", made)
    monkeypatch.setattr(fuzz, "FOUND", tmp_path)
    return made


def test_each_target_has_its_time_and_its_seed(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZPACK_FUZZ_SEED", "7")
    assert fuzz.run(["tar", "locator", "--minutes", "2"]) == 0
    _, tar, locator = runs.commands
    assert {"tar", "-max_total_time=120", "-seed=7"} <= set(tar)
    assert "locator" in locator
    assert "2 of 2 targets without a finding" in capsys.readouterr().out


def test_what_was_found_is_told(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    runs.codes = [0, 77, 0]
    assert fuzz.run(["tar", "locator"]) == 1
    assert "dev.py fuzz tar --file FILE" in capsys.readouterr().out


def test_a_file_is_run_again_by_itself(runs: Runs) -> None:
    assert fuzz.run(["tar", "--file", "crash-1"]) == 0
    assert runs.commands[-1][-5:] == ["tests.fuzz.replay", "tar", "0", "0", "crash-1"]


def test_without_atheris(runs: Runs) -> None:
    runs.codes = [1]
    with pytest.raises(say.CannotGoOn, match="on Linux only"):
        fuzz.run([])


@pytest.mark.usefixtures("runs")
def test_a_target_that_is_not_there() -> None:
    with pytest.raises(say.CannotGoOn, match="no target 'rar'"):
        fuzz.run(["rar"])


def test_its_folder_is_in_the_checkout() -> None:
    assert fuzz.CORPUS.is_relative_to(places.ROOT)
