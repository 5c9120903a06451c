"""A child process that is talked to over pipes, and that never blocks whoever speaks to it."""

import contextlib
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from io import BufferedReader
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from zpack.errors import shown
from zpack.worker import wire

TAIL = 4096
_PIECE = 1 << 16
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_LOW_PRIORITY: int = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)

Outbox = SimpleQueue[bytes | None]


class Child:
    """Runs ``command``, writes control messages put into ``outbox`` to its standard input and
    keeps the last 4 KiB of its standard error. ``output`` is its standard output.

    For one thread, except :meth:`kill`. Raises ``OSError`` if the program cannot be started. End
    with :meth:`finish`.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], outbox: Outbox
    ) -> None:
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=_NO_WINDOW | _LOW_PRIORITY,
        )
        self.output: BinaryIO = _pipe(self._process.stdout)
        self._outbox = outbox
        self._tail = b""
        self._threads = [
            Thread(
                target=self._write, args=(_pipe(self._process.stdin),), name="zpack-worker-stdin"
            ),
            Thread(
                target=self._drain, args=(_pipe(self._process.stderr),), name="zpack-worker-stderr"
            ),
        ]
        for thread in self._threads:
            thread.start()

    def _write(self, stream: BinaryIO) -> None:
        # A process that ended, or closed its input, says why by its output or its exit code.
        with contextlib.suppress(OSError), stream:
            while (payload := self._outbox.get()) is not None:
                wire.write_message(stream, wire.CONTROL, payload)

    def _drain(self, stream: BufferedReader) -> None:
        with stream:
            while piece := stream.read1(_PIECE):
                self._tail = (self._tail + piece)[-TAIL:]

    def kill(self) -> None:
        """End it at once. From any thread; nothing happens if it has ended."""
        self._process.kill()

    def finish(self) -> int:
        """Let go of it: waits for its end, then for the threads. Returns the exit code."""
        self._outbox.put(None)
        self.output.close()
        code = self._process.wait()
        for thread in self._threads:
            thread.join()
        return code

    @property
    def tail(self) -> str:
        """The end of what it wrote to standard error, safe to show."""
        lines = self._tail.decode("utf-8", "replace").strip().splitlines()
        return "\n".join(map(shown, lines))


def _pipe(stream: Any) -> Any:
    assert stream is not None  # it was asked for
    return stream


def describe_exit(code: int) -> str:
    """An exit code of ``subprocess`` in words."""
    if code >= 0 or sys.platform == "win32":
        return f"It ended with exit code {code}."
    try:
        return f"It was ended by the signal {signal.Signals(-code).name}."
    except ValueError:
        return f"It was ended by signal {-code}."
