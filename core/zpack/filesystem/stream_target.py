"""An archive that goes straight to an open file or pipe: standard output."""

import os
import select
import stat
from collections.abc import Callable

from zpack.errors import system_failure
from zpack.filesystem.closing import Closing

_WAIT_MS = 50
_AT_ONCE = 4096  # POSIX: where a pipe has room at all, it has room for that


class StreamTarget(Closing):
    """Written as it comes; nothing is ever taken back. ``check`` is called while the reader takes
    nothing, and may raise. For one thread at a time.

    Raises the errors of ``system_failure``; ``BrokenPipeError`` if the reader is gone.
    """

    def __init__(self, fd: int, name: str, check: Callable[[], None]) -> None:
        self._fd = fd
        self._check = check
        self._waits = not stat.S_ISREG(os.fstat(fd).st_mode)
        self.target = name
        self.written = 0

    def write(self, data: bytes) -> None:
        """Append all of ``data``."""
        view = memoryview(data)
        try:
            while view:
                view = view[self._write_some(view) :]
        except BrokenPipeError:
            raise
        except OSError as error:
            raise system_failure(error, self.target) from error
        self.written += len(data)

    def _write_some(self, view: "memoryview[int]") -> int:
        if not self._waits:
            return os.write(self._fd, view)
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        while not poll.poll(_WAIT_MS):
            self._check()
        try:
            return os.write(self._fd, view[:_AT_ONCE])
        except BlockingIOError:
            return 0

    def commit(self) -> None:
        """All is there already."""

    def close(self) -> None:
        """It stays open: it is somebody else's."""
