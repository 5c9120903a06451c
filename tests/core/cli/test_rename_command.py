"""``zpack rename``: what it says, changes and returns."""

from pathlib import Path

from tests.core.cli.support import zpack
from zpack.cli.main import run


def test_reports_in_one_line(archive: Path, capsys):
    assert run(["rename", str(archive), "photos/may", "months/05"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"Renamed 3 entries in {archive}: 4 files, ")
    assert said.err == ""
    assert b"months/05/one.bin\n" in zpack("list", archive).out
    assert zpack("verify", archive).code == 0


def test_a_name_that_is_not_utf8(archive: Path):
    assert zpack("rename", archive, "photos", b"\xff").code == 0
    assert b"\xff/notes.txt\n" in zpack("list", archive).out


def test_refused(archive: Path):
    done = zpack("rename", archive, "photos", "photos/may/x")
    assert done.code == 1
    assert "A folder cannot be moved into itself" in done.complaint
    assert zpack("rename", archive, "photos", "../x").code == 2
    assert zpack("rename", archive, "photos").code == 2
    assert zpack("rename", archive, "photos", "a", "b").code == 2
