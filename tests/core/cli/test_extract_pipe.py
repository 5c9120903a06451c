"""``zpack extract`` to standard output."""

import io
import os
import signal
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.core.cli.support import Terminal, command, environment, zpack


def test_contents(archive: Path, tree: Path):
    done = zpack("extract", archive, "-O", "--include", "*.txt")
    assert (done.code, done.complaint) == (0, "")
    assert done.out == (tree / "notes.txt").read_bytes()


def test_a_tar(archive: Path, tree: Path):
    done = zpack("extract", "--to-tar", archive, "photos/may")
    with tarfile.open(fileobj=io.BytesIO(done.out)) as tar:
        assert tar.getnames() == ["photos/may/one.bin", "photos/may/two.bin", "photos/may"]
        content = tar.extractfile("photos/may/two.bin").read()
    assert content == (tree / "may" / "one.bin").read_bytes()


@pytest.mark.parametrize(
    "more", [["--json"], ["-C", "x"], ["--conflict", "skip"], ["--to-stdout", "--to-tar"]]
)
def test_what_makes_no_sense_with_it(archive: Path, more):
    done = zpack("extract", archive, "-O", *more)
    assert (done.code, done.out) == (2, b"" if "--json" not in more else done.out)


def test_no_tar_on_a_terminal(archive: Path):
    with Terminal(command("extract", "--to-tar", archive)) as terminal:
        done = terminal.finish()  # its standard output is none
    assert done.code == 0
    master, slave = os.openpty()
    done = subprocess.run(
        command("extract", "--to-tar", archive), stdout=slave, env=environment(), check=False
    )
    os.close(master)
    os.close(slave)
    assert done.returncode == 2


def test_the_reader_goes_away(archive: Path):
    process = subprocess.Popen(
        command("extract", "--to-tar", archive),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    process.stdout.close()
    assert process.wait(60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


def test_cancelled_while_nobody_reads(tmp_path: Path):
    (tmp_path / "big").write_bytes(bytes(1 << 20))
    archive = tmp_path / "big.tar.zst"
    assert zpack("create", archive, tmp_path / "big").code == 0
    process = subprocess.Popen(
        command("extract", "-O", archive),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert os.read(process.stdout.fileno(), 1)  # it writes, and then waits for the pipe
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 143
    process.stdout.close()
    process.stderr.close()
