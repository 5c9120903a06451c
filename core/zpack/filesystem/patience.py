"""Asks again where a disk, most often one on the network, refuses only for a moment.

Reading, opening and looking can be done again whatever was refused. Writing cannot: a network disk
tells with a later write that an earlier one was lost, so that to go on would hide the loss; only
what was not even taken (``EAGAIN``) is written again. Syncing and renaming are never repeated.
"""

import errno
import os
from collections.abc import Callable
from functools import partial
from time import sleep
from typing import TypeVar

Result = TypeVar("Result")

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds, before each further try
MOST_SECONDS = 20.0  # of one job: many files on a disk that is gone must not take for ever
_STEP = 0.05
_NAMES = (
    *("EAGAIN", "EIO", "ESTALE", "ETIMEDOUT", "ENOTCONN", "ECONNRESET", "ECONNABORTED"),
    *("EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ENETRESET", "EREMOTEIO"),
)
MOMENTARY = frozenset(getattr(errno, name) for name in _NAMES if hasattr(errno, name))


def _go_on() -> None:
    """Never to be cancelled."""


class Patience:
    """How long one job puts up with it: a few tries a call, with growing waits, ``seconds`` at most
    in all. While it waits,
    ``check`` is called, and may raise. Threads share it.

    ``reading`` and ``writing`` are for the ``except`` of a call that was refused::

        try:
            data = os.pread(fd, length, offset)
        except OSError as error:
            data = patience.reading(error, lambda: os.pread(fd, length, offset))
    """

    def __init__(self, check: Callable[[], None] = _go_on, seconds: float = MOST_SECONDS) -> None:
        self._check = check
        self._left = seconds

    def reading(self, error: OSError, call: Callable[[], Result]) -> Result:
        """What ``call`` returns when it is done again. Raises ``error``, or what comes instead of
        it, if that is no use."""
        return self._again(error, call, MOMENTARY)

    def writing(self, error: OSError, call: Callable[[], Result]) -> Result:
        """The same for what must not be done twice."""
        return self._again(error, call, (errno.EAGAIN,))

    def _again(
        self, error: OSError, call: Callable[[], Result], which: "frozenset[int] | tuple[int, ...]"
    ) -> Result:
        for seconds in WAITS:
            if error.errno not in which or self._left <= 0:
                break
            self._wait(seconds)
            try:
                return call()
            except OSError as next_error:
                error = next_error
        raise error

    def _wait(self, seconds: float) -> None:
        self._left -= seconds  # threads may lose some of it to each other: it is only a bound
        for _ in range(round(seconds / _STEP)):
            self._check()
            sleep(_STEP)
        self._check()


def write_all(fd: int, data: "bytes | memoryview[int]", patience: Patience) -> None:
    """Append all of ``data`` to an open file. Raises ``OSError``."""
    view = memoryview(data)
    while view:
        try:
            count = os.write(fd, view)
        except OSError as error:
            count = patience.writing(error, partial(os.write, fd, view))
        view = view[count:]
