"""The memory of a process and all that it starts, from Linux' /proc."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.sample import Memory

_PAUSE = 0.002  # seconds between two looks
_PROC = Path("/proc")


class MemoryWatch:
    """Looks at a process tree again and again, on a thread of its own, from ``start`` to ``stop``.

    What ``wait4`` reports is of no use for small peaks: it counts what the starting process had.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._largest = 0
        self._together = 0

    def start(self) -> None:
        """Call it once the process is there."""
        self._thread.start()

    def stop(self) -> Memory:
        """What was seen."""
        self._over.set()
        self._thread.join()
        return Memory(self._largest, max(self._together, self._largest))

    def _watch(self) -> None:
        while not self._over.wait(_PAUSE):
            self._look()

    def _look(self) -> None:
        found = [memory for pid in tree_of(self._pid) if (memory := memory_of(pid)) is not None]
        self._together = max(self._together, sum(now for now, _ in found))
        self._largest = max([self._largest, *(peak for _, peak in found)])


def tree_of(pid: int) -> Iterator[int]:
    """A process and its descendants, as far as they are alive."""
    yield pid
    for tasks in _PROC.glob(f"{pid}/task/*/children"):
        for child in _words(tasks):
            yield from tree_of(int(child))


def memory_of(pid: int) -> tuple[int, int] | None:
    """Bytes in memory, now and at most; None if the process is gone."""
    try:
        lines = (_PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return None
    sizes = {
        name: int(value.split()[0]) * 1024
        for name, _, value in (line.partition(":") for line in lines)
        if name in ("VmRSS", "VmHWM")
    }
    return (sizes["VmRSS"], sizes["VmHWM"]) if len(sizes) == 2 else None


def _words(path: Path) -> list[str]:
    try:
        return path.read_text().split()
    except OSError:
        return []


@contextmanager
def ending(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Waiting for a process may be interrupted: then the process ends, too."""
    try:
        yield
    except BaseException:
        process.kill()
        process.wait()
        raise


def watch_process(process: "subprocess.Popen[bytes]") -> Memory:
    """Wait for a process; its memory. Raises ``CalledProcessError`` if it fails."""
    watch = MemoryWatch(process.pid)
    watch.start()
    try:
        with ending(process):
            code = process.wait()
    finally:
        memory = watch.stop()
    if code:
        raise subprocess.CalledProcessError(code, process.args)
    return memory
