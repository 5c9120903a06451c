"""``zpack doctor``."""

import json
from pathlib import Path

from tests.core.cli.support import zpack


def test_facts(tmp_path: Path) -> None:
    done = zpack("doctor", tmp_path)
    assert done.code == 0
    told = dict(line.split(":", 1) for line in done.text.splitlines() if ":" in line)
    assert {"zpack", "Python", "Cores", "Memory", "Hard links", "Free"} <= told.keys()
    assert told["Disk of"].strip() == str(tmp_path)
    assert told["Writable"].strip() == "yes"


def test_json(tmp_path: Path) -> None:
    answer = json.loads(zpack("doctor", "--json", tmp_path).text)
    assert answer["path"] == str(tmp_path)
    assert answer["disk"]["writable"] is True
    assert answer["cores"] >= 1
    assert {component["name"] for component in answer["components"]} >= {"zpack", "Python"}
    assert all(note["meaning"] for note in answer["notes"])
    assert answer["exit_code"] == 0


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    done = zpack("doctor", tmp_path / "gone")
    assert done.code == 1
    assert "gone does not exist." in done.complaint
