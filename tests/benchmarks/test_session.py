"""A whole run at the smallest size: real corpora, real peers, files at the end."""

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.session import CANNOT_COMPARE, WORSE

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


@pytest.mark.slow
def test_the_whole_programme(tmp_path: Path) -> None:
    assert run(tmp_path) == 0
    (data,) = (tmp_path / "results").glob("*.json")
    works = {duel["name"].split(",")[0] for duel in json.loads(data.read_text())["duels"]}
    assert works >= {"start", "create fast", "create balanced", "create best", "extract", "verify"}
    assert list((tmp_path / "place").iterdir()) == []
