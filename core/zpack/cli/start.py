"""The program ``zpack``: the command line in a process of its own."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def run() -> NoReturn:
    """Do what the process's arguments ask for, starting and ending without delay.

    Loading modules makes objects that stay, and looking for garbage among them takes a tenth of a
    short command's time: that begins with the work (``run_job``). After it everything is written,
    every thread joined and every file closed. Taking the interpreter apart would take another
    tenth.
    """
    gc.disable()
    from zpack.cli.main import run

    code = run()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)
