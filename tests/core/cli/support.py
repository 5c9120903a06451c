"""The command line as a process, on a terminal or not, and as an ordinary user."""

import contextlib
import fcntl
import importlib
import os
import pkgutil
import pty
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path

import zpack as zpack_package
from zpack.cli import main
from zpack.worker.command import worker_environment

PRETENDER = Path(__file__).with_name("pretender.py")
SECONDS = 60
NOBODY = 65534


@dataclass(frozen=True)
class Finished:
    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def complaint(self) -> str:
        return self.err.decode()


def environment(**more: str) -> dict[str, str]:
    clean = {name: value for name, value in worker_environment().items() if name != "NO_COLOR"}
    return clean | {"TERM": "xterm", "PYTHONIOENCODING": "utf-8"} | more


def command(*arguments: str | bytes | Path) -> list[str | bytes | Path]:
    return [sys.executable, "-P", "-m", "zpack", *arguments]


def zpack(*arguments: str | bytes | Path, **more: str) -> Finished:
    """Run it with nothing to read and no terminal; further arguments are environment variables."""
    done = subprocess.run(
        command(*arguments),
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def as_ordinary_user(arguments: list[str], folder: Path) -> Finished:
    """Run it in this process's child without root's rights, which ignore modes.

    A fork with everything imported, since an ordinary user may not be able to read the checkout.
    ``folder`` takes what it says.
    """
    for module in pkgutil.walk_packages(zpack_package.__path__, "zpack."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    out, err = folder / "out.txt", folder / "err.txt"
    out.touch()
    err.touch()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            sys.stdout, sys.stderr = out.open("w"), err.open("w")
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            code = main.run(arguments)
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return Finished(os.waitstatus_to_exitcode(status), out.read_bytes(), err.read_bytes())


class Terminal:
    """A process on a terminal of its own: what it writes there, and typing."""

    def __init__(self, argv: list[str | bytes | Path], columns: int = 80, **more: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(
            argv,
            env=environment(**more),
            stdin=slave,
            stdout=subprocess.PIPE,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self.shown = b""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        os.close(self.master)

    def read_until(self, wanted: bytes) -> bytes:
        """Everything shown so far, once that is among it."""
        while wanted not in self.shown:
            piece = self._read()
            assert piece, f"it ended without {wanted!r}: {self.shown!r}"
            self.shown += piece
        return self.shown

    def _read(self) -> bytes:
        with contextlib.suppress(OSError):  # Linux says EIO when the other end is closed
            return os.read(self.master, 65536)
        return b""

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def finish(self) -> Finished:
        while piece := self._read():
            self.shown += piece
        out = self.process.stdout.read()
        return Finished(self.process.wait(SECONDS), out, self.shown)
