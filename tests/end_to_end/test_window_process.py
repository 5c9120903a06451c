"""The program as a process on a display of its own, used with mouse and keys of the display."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import zpack

PATIENCE_SECONDS = 60.0
ROOT = Path(zpack.__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only X11 has displays to be had for a test"
)


@pytest.fixture
def display() -> Iterator[str]:
    """A display that nobody else has: Xvfb chooses its number."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(PATIENCE_SECONDS)


class Desk:
    """Programs on one display, with a home of their own."""

    def __init__(self, display: str, home: Path) -> None:
        home.mkdir()
        self.programs: list[subprocess.Popen[str]] = []
        self.environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_RUNTIME_DIR": str(home),
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "core"), str(ROOT))),
        }
        home.chmod(0o700)

    def start(self, *files: Path) -> "subprocess.Popen[str]":
        program = subprocess.Popen(
            [sys.executable, "-P", "-m", "zpack_gui", *map(str, files)],
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.programs.append(program)
        return program

    def quit(self, program: "subprocess.Popen[str]", title: str) -> str:
        """Close its window; returns what it said on standard error."""

        window = self.window(title)

        def ended() -> str:
            # As long as the window has not heard that its job is over, it asks.
            self.key(window, "ctrl+q")
            try:
                program.wait(0.5)
            except subprocess.TimeoutExpired:
                return ""
            return "ended"

        until(ended)
        return program.communicate()[1]

    def clear(self) -> None:
        """Nothing goes on after a test that failed."""
        for program in self.programs:
            if program.poll() is None:
                program.kill()
                program.communicate()

    def xdotool(self, *arguments: str) -> str:
        """What it prints; nothing if it found nothing."""
        result = subprocess.run(
            ["xdotool", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return result.stdout.strip()

    def window(self, title: str) -> str:
        """The number of a window, once it is there."""
        found = until(lambda: self.xdotool("search", "--onlyvisible", "--name", title))
        return found.splitlines()[0]

    def key(self, window: str, key: str) -> None:
        self.xdotool("windowfocus", "--sync", window, "key", key)


@pytest.fixture
def desk(display: str, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(display, tmp_path / "home")
    yield made
    made.clear()


def until(condition: Callable[[], str]) -> str:
    """Its first answer that is not empty."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.02)  # another process: there is nothing to wait for but its windows
    raise TimeoutError("nothing happened")


def left_of_session(session: int) -> list[str]:
    """Processes of a session that are still there."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(stat.parent.name)
    return found


def test_a_folder_named_at_the_start_becomes_an_archive(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "letters"
    source.mkdir()
    for number in range(50):
        (source / f"letter {number}.txt").write_text(f"Dear {number},\n" * 100)
    target = tmp_path / "letters.tar.zst"
    program = desk.start(source)
    desk.key(desk.window("^Create"), "Return")
    until(lambda: "found" if target.exists() else "")
    errors = desk.quit(program, "^zpack$")
    assert errors == ""
    assert program.returncode == 0
    assert left_of_session(program.pid) == []
    listed = subprocess.run(
        ["tar", "--zstd", "-tf", target], capture_output=True, text=True, check=True
    )
    assert len(listed.stdout.splitlines()) == 51


def test_an_archive_named_at_the_start_opens(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "notes.txt"
    source.write_text("hello\n")
    target = tmp_path / "notes.tar.zst"
    zpack.create(zpack.CreateRequest(str(target), (str(source),)), zpack.Control())
    program = desk.start(target)
    until(lambda: remembered(tmp_path, "notes.tar.zst"))
    desk.key(desk.window("^notes.tar.zst"), "alt+t")
    until(lambda: remembered(tmp_path, "proven"))
    errors = desk.quit(program, "^notes.tar.zst")
    assert (program.returncode, errors) == (0, "")
    assert left_of_session(program.pid) == []


def remembered(folder: Path, word: str) -> str:
    """The word, once the program has written it down."""
    files = list((folder / "home" / ".config").rglob("window.ini"))
    return word if any(word in each.read_text() for each in files) else ""
