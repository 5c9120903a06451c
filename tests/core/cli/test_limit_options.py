"""Limits on the command line."""

import argparse
import json
from pathlib import Path

import pytest

from tests.core.cli.support import Terminal, command, zpack
from zpack.cli.limit_options import byte_count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("500", 500),
        ("10k", 10_000),
        ("10G", 10 * 10**9),
        ("1.5 GB", 15 * 10**8),
        ("2GiB", 2 << 30),
        ("8T", 8 * 10**12),
    ],
)
def test_sizes(text: str, expected: int):
    assert byte_count(text) == expected


@pytest.mark.parametrize("text", ["", "G", "-1", "1X", "1 G 2", "nan", "9" * 30])
def test_no_sizes(text: str):
    with pytest.raises(argparse.ArgumentTypeError):
        byte_count(text)


def test_refused_with_the_flag(archive: Path, tmp_path: Path):
    done = zpack("extract", archive, "--max-size", "1k", "-C", tmp_path / "out")
    assert done.code == 1
    assert "goes past a safety limit" in done.complaint
    assert "“--max-size”" in done.complaint
    assert not (tmp_path / "out").exists()
    assert zpack("extract", archive, "--max-size", "1M", "-C", tmp_path / "out").code == 0


def test_refused_in_json(archive: Path, tmp_path: Path):
    arguments = ("extract", archive, "--json", "--max-entries", "2", "-C", tmp_path / "out")
    with Terminal(command(*arguments)) as terminal:  # which is not asked
        done = terminal.finish()
    error = json.loads(done.out)["error"]
    assert (done.code, error["code"], error["exit_code"]) == (1, "limit-reached", 1)
    assert "--max-entries" in error["hint"]


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("what\nn\n", 1), ("\x04", 1)])
def test_asked_on_a_terminal(archive: Path, tmp_path: Path, typed: str, code: int):
    arguments = command("extract", archive, "--max-entries", "2", "-C", tmp_path / "out")
    with Terminal(arguments) as terminal:
        shown = terminal.read_until(b"[n]o: ")
        assert b"the limit is 2." in shown
        terminal.type(typed)
        done = terminal.finish()
    assert done.code == code
    assert (tmp_path / "out").exists() == (code == 0)


def test_every_reading_verb_has_them(archive: Path):
    for verb in ("list", "info", "verify"):
        assert zpack(verb, archive, "--max-entries", "1", "--max-memory=1G").code == 0
        assert zpack(verb, archive, "--max-entry-seconds", "1").code == 2
    done = zpack("compare", archive, archive.parent, "--max-entries", "1")
    assert done.complaint == ""
