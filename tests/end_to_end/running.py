"""zpack at work: started, watched, and stopped in the middle."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.core.waiting import wait_until
from tests.end_to_end.people import ordinary_user
from tests.end_to_end.programs import ENVIRONMENT, ZPACK, Argument, Result, program

HIDDEN = ".*.zpack-part"


@contextmanager
def running(*arguments: Argument) -> Iterator[subprocess.Popen[bytes]]:
    """zpack as a process, which is gone when the ``with`` ends."""
    # Signals that whoever started the tests ignores would be ignored by zpack, too.
    command = (program("env"), "--default-signal=INT,TERM,HUP", *ZPACK, *arguments)
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        **ordinary_user(),
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def stop(
    process: subprocess.Popen[bytes], number: signal.Signals, once: Callable[[], object]
) -> Result:
    """Send a signal as soon as something is so, and wait for the end."""
    wait_until(lambda: process.poll() is not None or once())
    assert process.poll() is None, f"it ended too soon: {process.communicate()}"
    process.send_signal(number)
    output, errors = process.communicate()
    return Result(process.args, process.returncode, output, errors)


def is_writing(folder: Path) -> bool:
    """Whether a hidden file in the folder has content, or a hidden folder has files."""
    return any(_has_content(path) for path in hidden(folder))


def _has_content(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):  # it may just have got its own name
        if not path.is_dir():
            return path.stat().st_size > 0
    return any(files for _, _, files in os.walk(path))


def hidden(folder: Path) -> list[Path]:
    """What is not yet, or no longer, under its own name."""
    return list(folder.glob(HIDDEN))
