"""Which Python the environment is made from.

The tests give up root's rights and run zpack as an ordinary user. A Python that lies in a folder
which others may not enter, as one in /root does, would then not start.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dev_tools import say

OLDEST = (3, 11)
ELSEWHERE = tuple(
    Path(folder) / name
    for folder in ("/usr/bin", "/usr/local/bin")
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11")
)


@dataclass(frozen=True)
class Interpreter:
    path: Path
    version: str  # "3.11.2"

    @property
    def minor(self) -> str:
        """The version as package names have it: "3.11"."""
        return ".".join(self.version.split(".")[:2])


def running() -> Interpreter:
    # Undocumented but stable: inside an environment, the Python that it was made from.
    base = getattr(sys, "_base_executable", None) or sys.executable
    return Interpreter(Path(base).resolve(), ".".join(str(part) for part in sys.version_info[:3]))


def open_to_all(path: Path) -> bool:
    """Whether every user may run the program at `path`."""
    try:
        return bool(path.stat().st_mode & 0o001) and all(
            parent.stat().st_mode & 0o001 for parent in path.resolve().parents
        )
    except OSError:
        return False


def look_at(path: Path) -> Interpreter | None:
    """The Python at `path`, or None if there is none, or one that is too old."""
    if not os.access(path, os.X_OK):
        return None
    code = "import platform; print(platform.python_version())"
    answer = subprocess.run([path, "-I", "-c", code], capture_output=True, text=True, check=False)
    version = answer.stdout.strip()
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())
    return Interpreter(path.resolve(), version) if numbers >= OLDEST else None


def choose(
    current: Interpreter, others: Iterable[Path] = ELSEWHERE, *, as_root: bool | None = None
) -> Interpreter:
    """The running Python, unless it is root's own and another is there for everyone."""
    if as_root is None:
        as_root = os.name == "posix" and os.geteuid() == 0
    if not as_root or open_to_all(current.path):
        return current
    for path in others:
        found = look_at(path) if open_to_all(path) else None
        if found:
            return found
    say.step(
        f"Note: other users cannot run {current.path}, and there is no other Python 3.11 or newer; "
        "tests that run as an ordinary user will not work."
    )
    return current
