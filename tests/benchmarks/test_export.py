"""The results as files."""

import csv
import json
from pathlib import Path

import pytest

from benchmarks.export import to_csv, to_json, to_page, write_results
from tests.benchmarks.bouts import bout, results


def test_json_has_every_sample_and_what_follows_from_them() -> None:
    data = json.loads(to_json(results(bout())))
    assert data["machine"] == {"cores": "2"}
    assert data["load"] == {"before": 0.1, "after": 1.2}
    assert data["corpora"][0]["largest_kinds"] == {".py": 10_000_000}
    (duel,) = data["duels"]
    assert duel["name"] == "create balanced, small, against tar + zstd"
    assert duel["time_ratio"]["value"] == pytest.approx(0.5)
    assert duel["size_ratio"] == 0.9
    assert [one["seconds"] for one in duel["zpack"]["samples"]] == [1.0, 1.1, 0.9]
    assert duel["zpack"]["seconds"]["median"] == 1.0
    assert duel["zpack"]["bytes_made"] == 90
    assert duel["peer"]["peak_of_largest_process"] == 40_000_000
    assert [one["verdict"] for one in duel["aims"]] == ["met", "met", "met"]


def test_an_interval_without_end_is_null() -> None:
    (duel,) = json.loads(to_json(results(bout((1.0,), (2.0,)))))["duels"]
    assert duel["zpack"]["seconds"]["low"] is None


def test_csv_has_a_line_a_duel_and_a_name_for_every_number() -> None:
    text = to_csv(results(bout(), bout(work="verify", made=None)))
    create, verify = csv.DictReader(text.splitlines())
    assert create["work"] == "create balanced"
    assert float(create["zpack mean"]) == pytest.approx(1.0)
    assert float(create["peer median"]) == 2.0
    assert float(create["time ratio"]) == pytest.approx(0.5)
    assert create["size ratio"] == "0.9"
    assert create["zpack together"] == "50000000"
    assert (verify["zpack made"], verify["size ratio"]) == ("", "")
    assert None not in create


def test_the_page_tells_machine_corpora_and_aims() -> None:
    page = to_page(results(bout(), factor=0.05))
    assert "# Measured on 2026-01-02" in page
    assert "corpora of 0.05 times full size" in page
    assert "- cores: 2" in page
    assert "- small: 3 files in 1 folders, 10 MB (.py 10 MB)" in page
    assert "against tar + zstd: size" in page


def test_all_are_written(tmp_path: Path) -> None:
    written = write_results(results(bout()), tmp_path / "new")
    assert [path.name for path in written] == ["2026-01-02.json", "2026-01-02.csv", "latest.md"]
    assert all(path.read_text() for path in written)
