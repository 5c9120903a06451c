"""The line of progress."""

import io
import signal
import sys
from array import array
from pathlib import Path

import pytest

from tests.core.cli.support import PRETENDER, Terminal, command, zpack
from zpack.cli.terminal import ProgressLine, elided, progress_text
from zpack.entries import Attributes, Kind, ListingBuilder
from zpack.jobs import Rate, Sample


def sample(done: int = 0, total: int = 0, **more: object) -> Sample:
    fields = {"phase": "creating", "bytes_out": 0, "items_total": 3, "items_done": 1, "active": ()}
    return Sample(
        bytes_total=total, bytes_done=done, finished=array("I"), outcomes=b"", **fields | more
    )


def steady() -> Rate:
    rate = Rate()
    rate.update(0.0, 0)
    rate.update(1.0, 310_000_000)
    return rate


def test_everything_if_there_is_room():
    text = progress_text(sample(1_200_000_000, 1_900_000_000), steady(), "may/IMG.jpg", 120)
    assert text == (
        " 63 %  [============        ]  1.2 GB of 1.9 GB  310 MB/s  5 s left  may/IMG.jpg"
    )


@pytest.mark.parametrize("columns", range(1, 100))
def test_never_wider_than_the_terminal(columns):
    text = progress_text(sample(5, 10), steady(), "日本" * 60, columns)
    assert sum(2 if character in "日本" else 1 for character in text) <= columns


@pytest.mark.parametrize("phase", ["scanning", "reading"])
def test_before_the_total_is_known(phase):
    text = progress_text(sample(0, 1_200_000, phase=phase), Rate(), "", 80)
    assert text == f"{phase.capitalize()}  3 entries  1.2 MB"


def test_more_than_all_is_all():
    assert progress_text(sample(20, 10), Rate(), "", 80).startswith("100 %  [====================]")


def test_names_lose_their_middle():
    assert elided("short.txt", 20) == "short.txt"
    assert elided("a long name of a picture.jpg", 15) == "a long …ure.jpg"
    assert len(elided("x" * 100_000, 15)) == 15


class Screen(io.StringIO):
    """Remembers; has no size."""


def items():
    builder = ListingBuilder()
    builder.append(0, b"esc\x1b\xff", Attributes(Kind.FILE))
    return builder.build()


def test_names_are_shown_safely(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    screen = Screen()
    ProgressLine(screen).show(sample(5, 10, active=((1, 2),)), items())
    assert screen.getvalue().endswith("esc\\x1b\\xff")
    assert screen.getvalue().count("\x1b") == 1


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colour(monkeypatch, no_color, coloured):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", no_color)
    screen = Screen()
    ProgressLine(screen).show(sample(5, 10), None)
    assert ("\x1b[36m" in screen.getvalue()) == coloured


def test_a_dumb_terminal_gets_no_codes(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    screen = Screen()
    line = ProgressLine(screen)
    line.show(sample(5, 10), None)
    line.clear()
    assert "\x1b" not in screen.getvalue()


def test_cleared_once_and_only_if_drawn():
    screen = Screen()
    line = ProgressLine(screen)
    line.clear()
    assert screen.getvalue() == ""
    line.show(sample(5, 10), None)
    line.clear()
    line.clear()
    assert screen.getvalue().count("\r\x1b[K") == 2


def test_a_terminal_that_went_away():
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    ProgressLine(Gone()).show(sample(5, 10), None)


def test_on_a_real_terminal():
    with Terminal([sys.executable, "-P", PRETENDER, "verify", "spin"]) as terminal:
        terminal.read_until(b"\r\x1b[KStarting")
        terminal.process.send_signal(signal.SIGINT)
        done = terminal.finish()
    assert done.code == 130
    _, _, after = done.err.rpartition(b"Starting")
    assert after.startswith(b"\r\x1b[Kzpack: Cancelled")


def test_quiet_on_a_real_terminal(archive: Path):
    with Terminal(command("verify", "-q", archive)) as terminal:
        assert terminal.finish().err == b""


def test_none_without_a_terminal(archive: Path):
    assert zpack("verify", archive).err == b""
