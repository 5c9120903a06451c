"""What is run: whole commands, and calls of the library in a process of their own."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process_tree import ending, watch_process
from benchmarks.sample import Memory, Sample

ZPACK = (sys.executable, "-P", "-m", "zpack")
_CALL = (sys.executable, "-m", "benchmarks.library_call")


@dataclass(frozen=True, slots=True)
class Command:
    """A program from its start to its end, its output thrown away."""

    title: str
    arguments: tuple[str, ...]
    folder: Path
    result: Path | None = None

    def run(self) -> Sample:
        """See :class:`Runnable`."""
        started = time.perf_counter()
        process = self._start()
        with ending(process):
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, self.arguments)
        return Sample(seconds, usage.ru_utime + usage.ru_stime)

    def run_for_memory(self) -> Memory:
        """See :class:`Runnable`."""
        return watch_process(self._start())

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self.arguments, cwd=self.folder, stdout=subprocess.DEVNULL)


@dataclass(frozen=True, slots=True)
class LibraryCall:
    """A call of the library, without the start of the process: the second call there is measured.

    ``call``: one of those that ``benchmarks.library_call`` knows, with its arguments.
    """

    title: str
    call: tuple[str, ...]
    result: Path | None = None

    def run(self) -> Sample:
        """See :class:`Runnable`."""
        answer = subprocess.run((*_CALL, *self.call), stdout=subprocess.PIPE, check=True)
        return Sample(**json.loads(answer.stdout))

    def run_for_memory(self) -> Memory:
        """See :class:`Runnable`."""
        process = subprocess.Popen((*_CALL, *self.call), stdout=subprocess.DEVNULL)
        return watch_process(process)
