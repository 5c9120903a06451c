"""The line between a job and whoever started it."""

import time
from threading import Condition, Lock
from typing import Protocol

from zpack.jobs.cancellation import Cancelled, CannotAsk
from zpack.jobs.progress import Progress
from zpack.jobs.questions import Answer, Question

_PAUSED, _CANCELLED = 1, 2
_LOOK = 0.02  # seconds; a process is not woken by another's condition


class Byte(Protocol):
    """One byte, that processes may share."""

    def __getitem__(self, at: int, /) -> int: ...

    def __setitem__(self, at: int, value: int, /) -> None: ...


class Control:
    """Cancel, pause, questions and progress of one job. Not ``attended``: nobody answers, so each
    question gets its cautious answer at once.

    Operations call :meth:`check` and :meth:`ask` from any of their threads; a front end calls
    the rest from any of its own. Nothing here blocks a front end.
    """

    def __init__(self, *, attended: bool = True) -> None:
        self.progress = Progress()
        self._condition = Condition()
        self._asking = Lock()
        self._state: Byte = bytearray(1)  # 0 to go on: one cheap test on the fast path
        self._alone = False
        self._question: Question | None = None
        self._answer: Answer | None = None
        self._standing: dict[type[Question], Answer] = {}
        self._attended = attended
        self._waited = 0.0

    def check(self) -> None:
        """A point where nothing is half done: waits while paused, raises ``Cancelled``."""
        if self._state[0]:
            self._attend()

    def _attend(self) -> None:
        with self._condition:
            started = time.monotonic()
            while self._state[0] == _PAUSED:
                self._condition.wait(_LOOK if self._alone else None)
            self._waited += time.monotonic() - started
            if self.cancelled:
                raise Cancelled

    def ask(self, question: Question) -> Answer:
        """Wait for the front end's answer. Raises ``Cancelled`` if the job is cancelled, and
        :class:`CannotAsk` in a process of a crew."""
        if self._alone:
            raise CannotAsk
        with self._asking, self._condition:
            if not self._attended:
                return Answer(question.cautious)
            standing = self._standing.get(type(question))
            if standing is not None:
                return standing
            started = time.monotonic()
            self._question, self._answer = question, None
            try:
                answer = self._wait_for_answer()
            finally:
                self._question = None
                self._waited += time.monotonic() - started
            if answer.for_all:
                self._standing[type(question)] = answer
            return answer

    def _wait_for_answer(self) -> Answer:
        while not self.cancelled:
            answer = self._answer
            if answer is not None:
                return answer
            self._condition.wait()
        raise Cancelled

    @property
    def waited(self) -> float:
        """Seconds that the job was held up so far: paused, or waiting for an answer."""
        return self._waited

    @property
    def question(self) -> Question | None:
        """What the job waits for an answer to, if it does."""
        return self._question

    @property
    def cancelled(self) -> bool:
        """Whether :meth:`cancel` was called."""
        return bool(self._state[0] & _CANCELLED)

    @property
    def paused(self) -> bool:
        """Whether the job is paused."""
        return bool(self._state[0] & _PAUSED)

    def answer(self, answer: Answer) -> None:
        """Answer the open question; without one, nothing happens."""
        with self._condition:
            if self._question is not None:
                self._answer = answer
                self._condition.notify_all()

    def cancel(self) -> None:
        """Ask the job to stop at its next checkpoint."""
        self._set(_CANCELLED, 0xFF)

    def pause(self) -> None:
        """Hold the job at its next checkpoint."""
        self._set(_PAUSED, 0xFF)

    def resume(self) -> None:
        """Let a paused job go on."""
        self._set(0, 0xFF & ~_PAUSED)

    def _set(self, more: int, kept: int) -> None:
        with self._condition:
            self._state[0] = self._state[0] & kept | more
            self._condition.notify_all()

    def share_state(self, place: Byte) -> None:
        """Keep what is to be heeded in ``place``, from which processes made later can read it."""
        with self._condition:
            place[0] = self._state[0]
            self._state = place

    def go_alone(self) -> None:
        """In a process made of this one: locks that threads of the other held are made anew, and
        there is nobody to ask."""
        self._condition, self._asking = Condition(), Lock()
        self._alone = True
