"""Which task is next, counted by several processes."""

import fcntl
import os

_WIDTH = 8
_ENOUGH = (1 << 63).to_bytes(_WIDTH, "little")


class TaskCounter:
    """Numbers from 0 on, each for one process only. Made before the processes are, which share it.

    The number lies in a file without a name, locked for each process that reads and raises it
    (``lockf``: by process, and let go if that is killed). Sharing a file's offset instead is not
    enough: reads at it take turns on a disk, but not in memory.
    """

    def __init__(self) -> None:
        self._file = os.memfd_create("zpack-tasks")
        os.pwrite(self._file, bytes(_WIDTH), 0)

    def take(self) -> int:
        """The next number."""
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            number = int.from_bytes(os.pread(self._file, _WIDTH, 0), "little")
            os.pwrite(self._file, (number + 1).to_bytes(_WIDTH, "little"), 0)
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)
        return number

    def stop(self) -> None:
        """From here on all that is taken is past the last task."""
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        os.pwrite(self._file, _ENOUGH, 0)
        fcntl.lockf(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """In the process that made it, when all others are made."""
        os.close(self._file)
