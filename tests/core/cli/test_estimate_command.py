"""``zpack estimate``: a table, JSON, exit codes."""

import json
import os
from pathlib import Path

from tests.core.cli.support import zpack
from zpack.cli.estimate_command import contents, table
from zpack.operations import EstimateReport, PresetEstimate, Range


def test_a_line_for_each_preset(tree: Path):
    done = zpack("estimate", tree)
    first, *rows = done.text.splitlines()
    assert (done.code, first) == (0, "4 files, 46 kB")
    assert [row.split()[0] for row in rows][-3:] == ["fast", "balanced", "best"]


def test_json(tree: Path):
    (tree / "more.jpg").write_bytes(os.urandom(1000))
    answer = json.loads(zpack("estimate", "--json", tree, "--exclude", "*.jpg").text)
    assert (answer["files"], answer["folders"], answer["links"]) == (3, 3, 1)
    assert (answer["bytes_in"], answer["counted"], answer["exit_code"]) == (45_500, True, 0)
    for preset in answer["presets"]:
        assert preset["size"]["low"] <= preset["size"]["expected"] <= preset["size"]["high"]
        assert set(preset["seconds"]) == {"low", "expected", "high"}


def test_quiet_and_wrong(tree: Path):
    assert zpack("estimate", "-q", tree).out == b""
    assert zpack("estimate").code == 2
    gone = zpack("estimate", tree / "gone")
    assert gone.code == 1
    assert "does not exist" in gone.complaint


def report(*, counted: bool) -> EstimateReport:
    presets = (
        PresetEstimate("fast", Range(90e6, 100e6, 110e6), Range(0.01, 0.02, 0.2)),
        PresetEstimate("balanced", Range(1e6, 9e6, 10e6), Range(40, 60, 90)),
    )
    return EstimateReport(1000, 5, 2, 200_000_000, counted, 50_000_000, presets, 1.9)


def test_the_table():
    assert contents(report(counted=True)) == "1,002 files, 200 MB"
    assert contents(report(counted=False)).startswith("About 1,002 files, 200 MB: there was no")
    assert table(report(counted=True)) == [
        "fast      100 MB (50 %)  90 MB to 110 MB  under 0.1 s  under 0.1 s to 0.2 s",
        "balanced  9.0 MB (4 %)   1.0 MB to 10 MB  1 min        40.0 s to 1 min 30 s",
    ]
