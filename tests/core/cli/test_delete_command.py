"""``zpack delete``: what it says, changes and returns."""

import json
from pathlib import Path

from tests.core.cli.support import zpack
from zpack.cli.main import run


def test_reports_in_one_line(archive: Path, capsys):
    assert run(["delete", str(archive), "photos/may/one.bin", "photos/empty"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"Deleted 2 entries from {archive}: 3 files, ")
    assert said.err == ""
    assert zpack("verify", archive).code == 0


def test_everything(archive: Path):
    done = zpack("delete", archive, "photos")
    assert f"from {archive}: it is empty, " in done.text
    assert (zpack("list", archive).out, zpack("verify", archive).code) == (b"", 0)


def test_missing_members_change_nothing(archive: Path):
    before = archive.read_bytes()
    done = zpack("delete", archive, "photos", "gone", "--json")
    assert done.code == 1
    assert json.loads(done.text)["error"]["code"] == "member-missing"
    assert archive.read_bytes() == before


def test_names_that_begin_with_a_dash(tmp_path: Path):
    (tmp_path / "-x").write_text("x")
    archive = tmp_path / "a.tar.zst"
    assert zpack("create", archive, "--", tmp_path / "-x").code == 0
    assert zpack("delete", archive, "--", "-x").code == 0


def test_quiet(archive: Path):
    done = zpack("delete", "-q", archive, "photos/link")
    assert (done.code, done.out, done.err) == (0, b"", b"")
