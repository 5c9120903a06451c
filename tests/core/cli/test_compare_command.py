"""``zpack compare``: one line a difference, JSON, exit codes."""

import json
import os
from pathlib import Path

import pytest

from tests.core.cli.support import Terminal, command, zpack
from zpack.cli.compare_command import verdict
from zpack.cli.main import run
from zpack.entries import Kind
from zpack.operations import Aspect, CompareReport, Difference, Standing


def test_the_same(archive: Path, tmp_path: Path, capsys):
    assert run(["compare", str(archive), str(tmp_path)]) == 0
    assert capsys.readouterr().out == "No differences: 7 entries compared.\n"


@pytest.fixture
def changed(archive: Path, tree: Path, tmp_path: Path) -> Path:
    """The folder to compare the archive with."""
    (tree / "notes.txt").write_text("some text.\n" * 500)
    (tree / "empty").rmdir()
    with open(os.fsencode(tree) + b"/new\xff\x1b", "wb"):
        pass
    return tmp_path


def test_differences_one_a_line(archive: Path, changed: Path):
    done = zpack("compare", archive, changed, "--ignore", "mtime,mode")
    assert done.code == 3
    assert done.out == (
        b"missing  photos/empty/\nnew  photos/new\xff\x1b\ncontent  photos/notes.txt\n"
    )
    words = "zpack: 1 different, 1 missing, 1 new; 5 entries the same\n"
    assert done.complaint == words


def test_quiet(archive: Path, changed: Path):
    done = zpack("compare", "-q", archive, changed)
    assert (done.code, done.out, done.err) == (3, b"", b"")


def test_names_are_escaped_on_a_terminal(archive: Path, changed: Path):
    shell = 'exec "$@" >&2'
    argv = ["sh", "-c", shell, "sh", *command("compare", archive, changed, "--content-only")]
    with Terminal(argv) as terminal:
        shown = terminal.finish().err
    assert b"new  photos/new\\xff\\x1b\r\n" in shown
    assert b"new\xff" not in shown


def test_json(archive: Path, changed: Path):
    done = zpack("compare", "--json", archive, changed, "--content-only", "--threads", "1")
    answer = json.loads(done.text)
    assert done.err == b""
    assert answer.pop("seconds") >= 0
    assert answer == {
        "archive": str(archive),
        "folder": str(changed),
        "same": 5,
        "bytes_read": 5500 + 20_000,
        "differences": [
            {"path": "photos/empty", "what": "missing", "type": "directory", "differs": []},
            {
                "path": "photos/new\ufffd\x1b",
                "path_bytes": "cGhvdG9zL25ld/8b",
                "what": "new",
                "type": "file",
                "differs": [],
            },
            {
                "path": "photos/notes.txt",
                "what": "different",
                "type": "file",
                "differs": ["content"],
            },
        ],
        "problems": [],
        "exit_code": 3,
    }


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "content,mode,mtime"),
        (["--content-only"], "content"),
        (["--quick"], "mode,mtime"),
        (["--ignore", "mode", "--ignore", "mtime"], "content,mode"),  # the last one counts
        (["--ignore", "mode,mtime,owner,link"], "content"),
    ],
)
def test_options(archive: Path, tree: Path, tmp_path: Path, options: list[str], words: str):
    (tree / "notes.txt").write_text("some text.\n" * 500)
    (tree / "notes.txt").chmod(0o600)
    done = zpack("compare", archive, tmp_path, "photos/notes.txt", *options)
    assert done.text == f"{words}  photos/notes.txt\n"


def test_top_and_owner(archive: Path, tree: Path, tmp_path: Path):
    done = zpack("compare", archive, tmp_path, "--top")
    assert (done.code, done.text) == (3, "new  photos.tar.zst\n")
    if os.geteuid() == 0:
        os.chown(tree / "notes.txt", 12345, -1)
        assert zpack("compare", archive, tmp_path, "--owner").text == "owner  photos/notes.txt\n"


def test_wrong_usage(archive: Path, tmp_path: Path):
    assert zpack("compare", archive).code == 2
    assert zpack("compare", archive, tmp_path, "--ignore", "mode,colour").code == 2
    assert zpack("compare", archive, tmp_path / "gone").code == 1


def report(*differences: Difference) -> CompareReport:
    return CompareReport("a", ".", 1, differences, 0, 1.0)


def test_verdicts():
    different = Difference("a", Standing.DIFFERENT, Kind.FILE, (Aspect.MODE,))
    socket = Difference("b", Standing.NEW, None)
    assert verdict(report()) == "No differences: 1 entry compared."
    assert verdict(report(different, socket)) == "zpack: 1 different, 1 new; 1 entry the same"
