"""Standard output and standard error: text for people, bytes for pipes."""

import io
import os
import sys
from collections.abc import Iterable

from zpack.errors import Explanation, shown


def prepare() -> None:
    """Make every character printable: what the terminal's encoding lacks is escaped.

    What was closed from outside leads nowhere. Else the next file that is opened, an archive
    perhaps, would be taken for standard output.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    sys.stdin = sys.stdin or io.TextIOWrapper(io.FileIO(0, closefd=False))
    sys.stdout = sys.stdout or io.TextIOWrapper(io.FileIO(1, "w", closefd=False))
    sys.stderr = sys.stderr or io.TextIOWrapper(io.FileIO(2, "w", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """A line of the report, to standard output."""
    sys.stdout.write(text + "\n")


def report_to_standard_error() -> None:
    """Standard output carries an archive: whatever is said goes elsewhere, errors in JSON too."""
    sys.stdout.flush()
    sys.stdout = sys.stderr


def complain(text: str) -> None:
    """A line of what went wrong, to standard error."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        pass  # nobody listens; the exit code tells


def write_bytes(pieces: Iterable[bytes]) -> None:
    """Bytes as they are, to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(pieces)


def explain(error: Explanation) -> None:
    """What went wrong, why, and what to do."""
    complain(f"zpack: {shown(error.title)}")
    for line in (*error.details.splitlines(), error.hint):
        if line:
            complain(f"  {shown(line)}")


def stop_writing() -> None:
    """Nobody reads standard output any more: what is still buffered goes nowhere, silently."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)
