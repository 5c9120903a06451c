"""A whole run at the smallest size: real corpora, real peers, files at the end."""

import json
from pathlib import Path

import pytest

from benchmarks import session
from benchmarks.__main__ import main
from benchmarks.duels import Bout, Duel
from benchmarks.session import CANNOT_COMPARE, INTERRUPTED, WORSE
from tests.benchmarks.bouts import bout

SMALL = ["--size", "0.0005", "--rounds", "2"]


def run(tmp_path: Path, *more: str) -> int:
    place = tmp_path / "place"
    place.mkdir(exist_ok=True)
    return main([*SMALL, "--place", str(place), "--write", str(tmp_path / "results"), *more])


def test_a_run_of_one_chapter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "baseline.json"
    assert run(tmp_path, "--corpus", "start", "--save-baseline", str(saved)) == 0
    assert "start, nothing, against python3" in capsys.readouterr().out
    (page,) = (tmp_path / "results").glob("*.md")
    assert "zpack --version" not in page.read_text()
    assert "start, nothing" in page.read_text()
    assert list((tmp_path / "place").iterdir()) == []

    data = json.loads(saved.read_text())
    for mark in data["marks"]:
        mark["ratio"] = dict.fromkeys(("value", "low", "high"), 0.001)
    saved.write_text(json.dumps(data))
    assert run(tmp_path, "--corpus", "start", "--compare", str(saved)) == WORSE
    assert "WORSE" in capsys.readouterr().out

    saved.write_text(json.dumps(data | {"factor": 1}))
    assert run(tmp_path, "--corpus", "start", "--compare", str(saved)) == CANNOT_COMPARE
    assert "--size 1" in capsys.readouterr().out


def test_an_interruption_shows_what_was_measured_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fought = []

    def fight(duel: Duel, rounds: int, patience: float) -> Bout:
        if fought:
            raise KeyboardInterrupt
        fought.append(duel.name)
        return bout(work="the first one")

    monkeypatch.setattr(session, "fight", fight)
    assert run(tmp_path, "--corpus", "media") == INTERRUPTED
    shown = capsys.readouterr().out
    assert "the first one" in shown
    assert "nothing is written" in shown
    assert not (tmp_path / "results").exists()
    assert list((tmp_path / "place").iterdir()) == []


@pytest.mark.slow
def test_the_whole_programme(tmp_path: Path) -> None:
    assert run(tmp_path) == 0
    (data,) = (tmp_path / "results").glob("*.json")
    works = {duel["name"].split(",")[0] for duel in json.loads(data.read_text())["duels"]}
    assert works >= {"start", "create fast", "create balanced", "create best", "extract", "verify"}
    assert list((tmp_path / "place").iterdir()) == []
