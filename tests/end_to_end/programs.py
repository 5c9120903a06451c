"""Runs zpack and its peers as processes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.people import ordinary_user

ZPACK = (sys.executable, "-P", "-m", "zpack")
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent", "TZ": "UTC"}

_UNTAR = """\
import sys, tarfile
with tarfile.open(sys.argv[1]) as tar:
    tar.extraction_filter = getattr(tarfile, "fully_trusted_filter", None)  # older ones have none
    tar.extractall()
"""

Argument = str | bytes | Path
Result = subprocess.CompletedProcess[bytes]


def program(name: str) -> str:
    """Where a program is; a test that needs one that is missing fails."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is missing; python3 dev.py setup installs it")
    return found


def run(*command: Argument, **options: Any) -> Result:
    """Run a program as the ordinary user, with its output caught; must exit with 0."""
    result = attempt(*command, **options)
    assert result.returncode == 0, f"{command}: exit {result.returncode}\n{complaint(result)}"
    return result


def attempt(*command: Argument, **options: Any) -> Result:
    """As :func:`run`, whatever the exit code."""
    name, *arguments = command
    settings = {"stdin": subprocess.DEVNULL, "env": ENVIRONMENT, **ordinary_user(), **options}
    if "stdout" not in settings:
        settings |= {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.run([program(os.fsdecode(name)), *arguments], check=False, **settings)


def zpack(*arguments: Argument, **options: Any) -> Result:
    """Run zpack, which must exit with 0."""
    return run(*ZPACK, *arguments, **options)


def try_zpack(*arguments: Argument, **options: Any) -> Result:
    """Run zpack, whatever the exit code."""
    return attempt(*ZPACK, *arguments, **options)


def complaint(result: Result) -> str:
    """What a program said on standard error."""
    return (result.stderr or b"").decode(errors="backslashreplace")


def python_untar(tar: Path, folder: Path) -> Result:
    """Extract a tar by Python's own module."""
    return run(sys.executable, "-c", _UNTAR, tar, cwd=folder)
