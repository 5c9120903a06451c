"""Ctrl-C and other signals that ask a program to end, taken as the wish to cancel."""

import signal
import threading
from types import FrameType
from typing import Any

from zpack.jobs import Cancelled

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class Interrupted(Cancelled):
    """The job was cancelled because of the signal ``number``."""

    def __init__(self, number: int, kept: tuple[str, ...] = ()) -> None:
        super().__init__(kept)
        self.number = number


class Interrupts:
    """While entered, a signal only sets ``number``: whoever runs the job looks at it and cancels.

    So a second Ctrl-C cannot tear the clean-up. While ``prompting`` is true it raises
    :class:`Interrupted` instead, since nobody looks then. For the main thread; in another one
    nothing is changed. A signal that is ignored (``nohup``) stays so.
    """

    def __init__(self) -> None:
        self.number = 0
        self.prompting = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> "Interrupts":
        if threading.current_thread() is threading.main_thread():
            for number in _SIGNALS:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        del frame
        self.number = self.number or number
        if self.prompting:
            raise Interrupted(number)
