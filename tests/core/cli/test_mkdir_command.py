"""``zpack mkdir``: what it says, changes and returns."""

import json
from pathlib import Path

from tests.core.cli.support import zpack
from zpack.cli.main import run


def test_reports_in_one_line(archive: Path, capsys):
    assert run(["mkdir", str(archive), "photos/june/raw"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"Made 2 folders in {archive}: 4 files, ")
    assert said.err == ""
    assert b"photos/june/raw/\n" in zpack("list", archive).out
    assert zpack("verify", archive).code == 0


def test_source_date_epoch(archive: Path):
    assert zpack("mkdir", archive, "new", SOURCE_DATE_EPOCH="77").code == 0
    entries = json.loads(zpack("list", archive, "--json").text)["entries"]
    assert [each["mtime"] for each in entries if each["path"] == "new"] == [77]


def test_exists(archive: Path):
    done = zpack("mkdir", archive, "photos")
    assert done.code == 1
    assert "The archive has something of that name already" in done.complaint
