"""Conflicts on a terminal."""

import sys

import pytest

from tests.core.cli.support import PRETENDER, Terminal
from zpack.cli.questions import moment


def asked(*typed: str) -> tuple[int, str, bytes]:
    with Terminal([sys.executable, "-P", PRETENDER, "verify", "ask", "--json"]) as terminal:
        for line in typed:
            terminal.read_until(b"for all: ")
            terminal.shown = b""
            terminal.type(line)
        done = terminal.finish()
    return done.code, done.text, done.err


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        (["s\n", "o\n", "r\n"], "skip:False overwrite:False rename:False"),
        (["n\n", "S\n"], "newer:False skip:True skip:True"),
        (["what?\n", "\n", "O\n"], "overwrite:True overwrite:True overwrite:True"),
        (["R\n"], "rename:True rename:True rename:True"),
        (["N\n"], "newer:True newer:True newer:True"),
        (["\x04"], "skip:True skip:True skip:True"),
    ],
)
def test_answers(typed, answers):
    code, text, _ = asked(*typed)
    assert code == 0
    assert f'"archive": "{answers}"' in text


def test_what_is_asked():
    with Terminal([sys.executable, "-P", PRETENDER, "verify", "ask"], TZ="UTC") as terminal:
        shown = terminal.read_until(b"for all: ")
        terminal.type("S\n")
        terminal.finish()
    assert b"a\\x1bb exists already." in shown
    assert b"there:          1970-01-02 00:00:00  1 byte" in shown
    assert b"in the archive: 1970-01-03 00:00:00  2.0 MB" in shown


def test_ctrl_c_at_the_question():
    with Terminal([sys.executable, "-P", PRETENDER, "verify", "ask"]) as terminal:
        terminal.read_until(b"for all: ")
        terminal.process.send_signal(2)
        done = terminal.finish()
    assert done.code == 130
    assert b"zpack: Cancelled" in done.err


def test_times_out_of_range():
    assert moment(0).startswith("19")
    assert moment(10**30) == "no such time"
