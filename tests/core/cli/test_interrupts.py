"""Ctrl-C and other signals: the job is cancelled, cleanly."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.cli.support import PRETENDER, Terminal, command, environment


def interrupted(
    *arguments: str, signals: tuple[int, ...], **options: object
) -> tuple[int, str, str]:
    process = subprocess.Popen(
        [sys.executable, "-P", PRETENDER, "verify", *arguments],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )
    assert process.stderr.readline() == "ready\n"
    for number in signals:
        process.send_signal(number)
    out, err = process.communicate()
    return process.returncode, out, err


@pytest.mark.parametrize(
    ("signals", "code"),
    [
        ((signal.SIGINT,), 130),
        ((signal.SIGINT, signal.SIGINT), 130),
        ((signal.SIGTERM,), 143),
        ((signal.SIGHUP,), 129),
    ],
)
def test_a_signal_cancels(signals, code):
    done = interrupted("spin", signals=signals)
    assert done == (code, "", "zpack: Cancelled\n  What was there before is unchanged.\n")


def test_cancelled_in_json():
    code, out, err = interrupted("spin", "--json", signals=(signal.SIGINT,))
    assert (code, err) == (130, "")
    error = json.loads(out)["error"]
    assert (error["code"], error["exit_code"]) == ("cancelled", 130)


def test_what_stays_is_told():
    _, _, err = interrupted("keep", signals=(signal.SIGINT,))
    assert "  kept one\n  kept\\x1btwo\n" in err


def test_signals_that_are_ignored_stay_so():
    ignore = "import signal, os, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    ignore += "os.execv(sys.argv[1], sys.argv[1:])"
    process = subprocess.Popen(
        [sys.executable, "-c", ignore, sys.executable, "-P", PRETENDER, "verify", "spin"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr.readline() == "ready\n"
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == 143


def test_ctrl_c_during_a_real_creation(tmp_path: Path):
    source = tmp_path / "source.bin"
    source.write_text(os.urandom(64 << 20).hex())  # compresses, slowly
    target = tmp_path / "out" / "a.tar.zst"
    target.parent.mkdir()
    target.write_bytes(b"what was there before")
    arguments = ("create", "--overwrite", "--level=22", "--threads=1", target, source)
    with Terminal(command(*arguments)) as terminal:
        terminal.read_until(b" of 134 MB")
        terminal.process.send_signal(signal.SIGINT)
        terminal.process.send_signal(signal.SIGINT)
        done = terminal.finish()
    assert done.code == 130
    assert done.err.endswith(b"zpack: Cancelled\r\n  What was there before is unchanged.\r\n")
    assert [path.name for path in target.parent.iterdir()] == ["a.tar.zst"]
    assert target.read_bytes() == b"what was there before"
