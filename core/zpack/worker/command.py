"""How a worker process is started."""

import os
import sys
from pathlib import Path

import zpack


def worker_command() -> list[str]:
    """The program and its arguments.

    ``-P``: without it ``-m`` would import from the current folder first, which may be one that
    somebody unpacked something into.
    """
    return [sys.executable, "-P", "-m", "zpack.worker"]


def worker_environment() -> dict[str, str]:
    """This process's environment, in which zpack is found where this process found it."""
    ours = str(Path(zpack.__file__).parent.parent)
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (ours, before)))}
