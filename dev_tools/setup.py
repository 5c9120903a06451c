"""Makes .venv: the locked packages, and the checkout itself, importable and as commands."""

import contextlib
import hashlib
import os
import shlex
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from dev_tools import interpreter, places, say, system_packages
from dev_tools.interpreter import Interpreter
from dev_tools.system_packages import Need

STAMP = "zpack-stamp"
SOURCES = (places.ROOT / "core", places.ROOT)
COMMANDS = {"zpack": "zpack.cli.start", "zpack-gui": "zpack_gui.app"}


def stamp(lock: Path, python: Interpreter, venv: Path) -> str:
    """What .venv was made from. When any of it changes, .venv is made anew.

    This recipe is part of it, and so is its place: the programs in it carry that path, so that
    a checkout which was moved needs a new one.
    """
    digest = hashlib.sha256(lock.read_bytes() + Path(__file__).read_bytes())
    digest.update(f"{python.path}\0{python.version}\0{venv}".encode())
    return digest.hexdigest()


def is_ready(venv: Path, wanted: str) -> bool:
    try:
        return (venv / STAMP).read_text() == wanted and places.tool("python", venv).exists()
    except OSError:
        return False


def ensure(needs: Iterable[Need] = ()) -> None:
    """Leaves .venv and what it needs from the system ready to use.

    Costs next to nothing if they already are. All that is missing is installed, or told, at once.
    """
    python = interpreter.choose(interpreter.running())
    wanted = stamp(places.LOCK, python, places.VENV)
    if is_ready(places.VENV, wanted):
        system_packages.ensure(needs)
        return
    system_packages.ensure([system_packages.environments(python), *needs])
    with one_at_a_time(), readable_by_all():
        if not is_ready(places.VENV, wanted):  # another dev.py may have just made it
            make(python, wanted)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands started together must not make .venv over each other."""
    if not os.access(places.ROOT, os.W_OK):
        raise say.CannotGoOn(
            f"Nothing can be written in {places.ROOT}, so .venv cannot be made there. "
            "Copy the checkout to a folder of your own and try again."
        )
    if places.WINDOWS:
        yield
        return
    import fcntl  # noqa: PLC0415 - not there on Windows

    folder = os.open(places.ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


@contextlib.contextmanager
def readable_by_all() -> Iterator[None]:
    """The tests run zpack as an ordinary user too, from this same .venv."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def make(python: Interpreter, wanted: str) -> None:
    say.step(f"Making .venv with Python {python.version} ({python.path})")
    # The stamp goes first and comes last: an interrupted set-up is never taken for a whole one.
    (places.VENV / STAMP).unlink(missing_ok=True)
    run([python.path, "-I", "-m", "venv", "--clear", places.VENV], "make .venv")
    say.step("Installing the locked packages into .venv")
    pip: list[str | Path] = [
        *(places.tool("python"), "-I", "-m", "pip", "--disable-pip-version-check", "install"),
        "-qq",  # only errors; warnings are about this computer's own settings of pip
        *("--require-hashes", "--only-binary=:all:", "-r", places.LOCK),
    ]
    run(pip, "install the locked packages (is the network up?)")
    link_checkout(places.VENV)
    (places.VENV / STAMP).write_text(wanted)


def run(command: list[str | Path], purpose: str) -> None:
    result = subprocess.run(command, check=False)
    if result.returncode:
        raise say.CannotGoOn(f"Could not {purpose}: the message is above.")


def link_checkout(venv: Path) -> None:
    """An editable install: the sources by a .pth file, the commands by small scripts."""
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    python = str(places.tool("python", venv))
    answer = subprocess.run([python, "-I", "-c", query], capture_output=True, text=True, check=True)
    lines = "".join(f"{source}\n" for source in SOURCES)
    (Path(answer.stdout.strip()) / "zpack-checkout.pth").write_text(lines, encoding="locale")
    for name, module in COMMANDS.items():
        write_command(venv, name, module)


def write_command(venv: Path, name: str, module: str) -> None:
    """A program like those that pip makes from `project.scripts`."""
    code = f"import sys\n\nfrom {module} import run\n\nsys.exit(run())\n"
    command = places.command(name, venv)
    if places.WINDOWS:
        command.with_suffix(".py").write_text(code)
        command.write_text(f'@"%~dp0python.exe" "%~dp0{name}.py" %*\n')
        return
    # By way of sh, which Python skips as text: "#!" takes no path with spaces or over 127 bytes.
    python = shlex.quote(str(places.tool("python", venv)))
    command.write_text(f"#!/bin/sh\n'''exec' {python} \"$0\" \"$@\"\n'''\n{code}")
    command.chmod(0o755)
