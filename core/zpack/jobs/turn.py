"""Taking turns at what only one thread can do at a time anyway."""

from contextlib import AbstractContextManager
from threading import Lock


class Turn(AbstractContextManager["Turn"]):
    """Held by a thread of a crew while it runs Python code, let go in :attr:`aside` for steps that
    free the interpreter: decoding, large reads and writes.

    Threads that fight over the interpreter's own lock instead, call by call, lose a third of their
    time to it. Not reentrant.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.aside = _Aside(self._lock)

    def __enter__(self) -> "Turn":
        self._lock.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class _Aside(AbstractContextManager[None]):
    """Lets go of the turn inside, and takes it again."""

    def __init__(self, lock: Lock) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        self._lock.release()

    def __exit__(self, *_: object) -> None:
        self._lock.acquire()
