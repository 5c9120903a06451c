"""``zpack add``: what it says, changes and returns."""

import json
from pathlib import Path

from tests.core.cli.support import zpack
from zpack.cli.main import run


def test_reports_in_one_line(archive: Path, tree: Path, capsys):
    new = tree.with_name("new.txt")
    new.write_text("new")
    assert run(["add", str(archive), str(new), "--to", "photos/x"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"Added 2 entries to {archive}: 5 files, ")
    assert said.err == ""
    assert b"photos/x/new.txt\n" in zpack("list", archive).out
    assert zpack("verify", archive).code == 0


def test_replace(archive: Path, tree: Path):
    before = archive.read_bytes()
    refused = zpack("add", archive, tree)
    assert refused.code == 1
    assert "things are in the way" in refused.complaint
    assert "“photos/notes.txt” is in it." in refused.complaint
    assert "--replace" in refused.complaint
    assert archive.read_bytes() == before
    done = zpack("add", "--replace", archive, tree)
    assert done.text.startswith(f"Added 4 entries, 4 of them replaced, to {archive}: 4 files, ")
    assert zpack("verify", archive).code == 0


def test_options_of_create(archive: Path, tree: Path):
    other = tree.rename(tree.with_name("other"))
    done = zpack("add", archive, other, "--exclude", "*.bin", "--no-owner", "--json", "--level=1")
    assert json.loads(done.text)["added"] == 5
    entries = {
        each["path"]: each for each in json.loads(zpack("list", archive, "--json").text)["entries"]
    }
    assert "other/may/one.bin" not in entries
    assert (entries["other/notes.txt"]["uid"], entries["other/notes.txt"]["user"]) == (0, "")


def test_json(archive: Path, tree: Path):
    new = tree.with_name("new.txt")
    new.write_text("new")
    report = json.loads(zpack("add", archive, new, "--json").text)
    assert report["archive"] == str(archive)
    assert (report["added"], report["replaced"], report["bytes_in"]) == (1, 0, 3)
    assert report["bytes_out"] == archive.stat().st_size
    assert (report["problems"], report["exit_code"]) == ([], 0)


def test_wrong_usage(archive: Path):
    assert zpack("add", archive).code == 2
