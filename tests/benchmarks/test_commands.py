"""Commands and library calls are really run, and their memory is seen."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import zpack
from benchmarks.commands import Command, LibraryCall
from benchmarks.peers import PEERS, Peer
from benchmarks.process_tree import ending, memory_of

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux' /proc")
HOLD = "x = b'x' * 60_000_000; import time; time.sleep(0.3)"


def python(code: str, folder: Path) -> Command:
    return Command("python", (sys.executable, "-c", code), folder)


def test_a_command_is_run_where_it_belongs(tmp_path: Path) -> None:
    sample = python("open('made', 'w').write('x')", tmp_path).run()
    assert (tmp_path / "made").read_text() == "x"
    assert sample.seconds > 0


@LINUX
def test_a_command_that_fails_is_no_sample(tmp_path: Path) -> None:
    command = python("raise SystemExit(3)", tmp_path)
    for run in (command.run, command.run_for_memory):
        with pytest.raises(subprocess.CalledProcessError, match="status 3"):
            run()


def test_a_process_does_not_outlive_an_interruption(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert process.stdin is not None
    with process.stdin, pytest.raises(KeyboardInterrupt), ending(process):
        raise KeyboardInterrupt
    assert process.returncode == -signal.SIGKILL


@LINUX
def test_memory_is_that_of_the_command_alone(tmp_path: Path) -> None:
    ballast = bytearray(b"x") * 80_000_000  # what wait4 would count for the command, too
    small = python("import time; time.sleep(0.3)", tmp_path).run_for_memory()
    large = python(HOLD, tmp_path).run_for_memory()
    assert 0 < small.largest < 50_000_000
    assert large.largest > small.largest + 50_000_000
    assert ballast


@LINUX
def test_memory_of_children_is_added(tmp_path: Path) -> None:
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}])"
    memory = python(f"y = b'y' * 60_000_000; {start}", tmp_path).run_for_memory()
    assert memory.largest < 100_000_000
    assert memory.together > 120_000_000


def test_a_process_that_is_gone_has_no_memory() -> None:
    assert memory_of(2**22 + 1) is None


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a").write_text("a")
    path = tmp_path / "a.tar.zst"
    request = zpack.CreateRequest(str(path), (str(tmp_path / "source"),))
    zpack.create(request, zpack.Control())
    return path


@pytest.mark.parametrize("call", [("list",), ("extract-one", "source/a")])
def test_a_call_of_the_library_is_timed_inside(archive: Path, call: tuple[str, ...]) -> None:
    name, *members = call
    sample = LibraryCall("call", (name, str(archive), *members)).run()
    assert 0 < sample.seconds < 10


def test_a_call_that_fails_is_no_sample(archive: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        LibraryCall("call", ("extract-one", str(archive), "source/none")).run()
    with pytest.raises(subprocess.CalledProcessError):
        LibraryCall("call", ("paint", str(archive))).run()


def test_a_peer_without_its_program_is_not_here() -> None:
    assert not Peer("none", ("no-such-program",), ("no-such-program",)).is_here


@pytest.mark.parametrize(
    "peer", [peer for peer in PEERS if peer.is_here], ids=lambda peer: peer.name
)
def test_a_peer_tells_its_version(peer: Peer) -> None:
    assert any(map(str.isdigit, peer.version_line()))
