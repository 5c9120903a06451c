"""Bytes that come once, from front to end: standard input, a pipe or a file."""

import os
import select
import stat
from collections.abc import Callable

from zpack.errors import SourceMissing, SourceUnreadable, reason, system_failure
from zpack.filesystem.closing import Closing

STANDARD_INPUT = 0
_WAIT_MS = 50
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK


class StreamSource(Closing):
    """Open at ``path``; ``-`` is standard input. ``check`` is called while nothing comes, and may
    raise. ``size`` is None where it is not known. For one thread.

    Raises :class:`SourceMissing` or :class:`SourceUnreadable`.
    """

    def __init__(self, path: str, check: Callable[[], None]) -> None:
        self._check = check
        self._own = path != "-"
        self.name = path if self._own else "standard input"
        try:
            self._fd = os.open(path, _FLAGS) if self._own else STANDARD_INPUT
            found = os.fstat(self._fd)
        except FileNotFoundError:
            raise SourceMissing(path) from None
        except (OSError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else "its name has a NUL"
            raise SourceUnreadable(self.name, why) from error
        if stat.S_ISDIR(found.st_mode):
            self.close()
            raise SourceUnreadable(self.name, "it is a folder")
        self._waits = not stat.S_ISREG(found.st_mode)
        self.size = None if self._waits else found.st_size

    def readinto(self, view: "memoryview[int]") -> int:
        """Some bytes, at least one unless that is the end. Raises the errors of
        ``system_failure``."""
        poll = select.poll()
        poll.register(self._fd, select.POLLIN)
        try:
            while True:
                while self._waits and not poll.poll(_WAIT_MS):
                    self._check()
                try:
                    return os.readv(self._fd, [view])
                except BlockingIOError:
                    self._check()
        except OSError as error:
            raise system_failure(error, self.name) from error

    def close(self) -> None:
        """Close it, unless it is standard input; again is harmless."""
        if self._own and self._fd >= 0:
            os.close(self._fd)
        self._fd = -1
