"""Which task is next, counted by several processes."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

_WIDTH = 8
_ENOUGH = 1 << 63


class TaskCounter:
    """Numbers from 0 on, each for one process only. Made before the processes are, which share it.
    Raises ``OSError`` where the system cannot do that.

    The number lies in a file without a name, locked for each process that reads and raises it
    (``lockf``: by process, and let go if that is killed). Sharing a file's offset instead is not
    enough: reads at it take turns on a disk, but not in memory.
    """

    def __init__(self) -> None:
        self._file = os.memfd_create("zpack-tasks")
        try:
            with self._locked():
                self._write(0)
        except OSError:
            self.close()
            raise

    def take(self) -> int:
        """The next number."""
        with self._locked():
            number = int.from_bytes(os.pread(self._file, _WIDTH, 0), "little")
            self._write(number + 1)
        return number

    def stop(self) -> None:
        """From here on all that is taken is past the last task."""
        with self._locked():
            self._write(_ENOUGH)

    def _write(self, number: int) -> None:
        os.pwrite(self._file, number.to_bytes(_WIDTH, "little"), 0)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """In the process that made it, when all others are made."""
        os.close(self._file)
