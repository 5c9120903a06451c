"""The line between a job and whoever started it."""

import time
from threading import Condition, Lock

from zpack.jobs.cancellation import Cancelled
from zpack.jobs.progress import Progress
from zpack.jobs.questions import Answer, Question


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
        self._cancelled = False
        self._paused = False
        self._attention = False  # cancelled or paused: one cheap test on the fast path
        self._question: Question | None = None
        self._answer: Answer | None = None
        self._standing: dict[type[Question], Answer] = {}
        self._attended = attended
        self._waited = 0.0

    def check(self) -> None:
        """A point where nothing is half done: waits while paused, raises ``Cancelled``."""
        if self._attention:
            self._attend()

    def _attend(self) -> None:
        with self._condition:
            started = time.monotonic()
            while self._paused and not self._cancelled:
                self._condition.wait()
            self._waited += time.monotonic() - started
            if self._cancelled:
                raise Cancelled

    def ask(self, question: Question) -> Answer:
        """Wait for the front end's answer. Raises ``Cancelled`` if the job is cancelled."""
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
        while not self._cancelled:
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
        return self._cancelled

    @property
    def paused(self) -> bool:
        """Whether the job is paused."""
        return self._paused

    def answer(self, answer: Answer) -> None:
        """Answer the open question; without one, nothing happens."""
        with self._condition:
            if self._question is not None:
                self._answer = answer
                self._condition.notify_all()

    def cancel(self) -> None:
        """Ask the job to stop at its next checkpoint."""
        with self._condition:
            self._cancelled = True
            self._attention = True
            self._condition.notify_all()

    def pause(self) -> None:
        """Hold the job at its next checkpoint."""
        with self._condition:
            self._paused = True
            self._attention = True

    def resume(self) -> None:
        """Let a paused job go on."""
        with self._condition:
            self._paused = False
            self._attention = self._cancelled
            self._condition.notify_all()
