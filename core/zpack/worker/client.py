"""A job in a worker process, as the window uses it."""

from collections.abc import Sequence
from threading import Lock, Thread, Timer

from zpack.entries import Listing
from zpack.errors import Explanation, RequestTooLong, WorkerLost, ZpackError, reason
from zpack.jobs import Answer, JobState, Sample
from zpack.operations.frame_places import FramePlaces
from zpack.operations.leftovers import clear_leftovers
from zpack.operations.reports import Report
from zpack.operations.requests import ExtractRequest, Request
from zpack.worker import wire
from zpack.worker.child import Child, Outbox, describe_exit
from zpack.worker.command import worker_command, worker_environment
from zpack.worker.conversation import Conversation, OpenQuestion
from zpack.worker.messages import (
    PROTOCOL,
    Cancel,
    Message,
    Pause,
    Reply,
    Resume,
    Start,
    encode_message,
)
from zpack.worker.serial import to_json
from zpack.worker.verbs import verb_of

GRACE_SECONDS = 5.0
# Taking back a large extraction is work; killed in the middle, it would leave a hidden folder.
CLEANING_SECONDS = 60.0


def grace_for(request: Request) -> float:
    """How many seconds a worker gets to end after a cancel."""
    return CLEANING_SECONDS if isinstance(request, ExtractRequest) else GRACE_SECONDS


class WorkerJob:
    """Runs ``request`` in a process of its own, from construction on.

    Everything may be used from any thread, :meth:`sample` from one only, and nothing blocks but
    :meth:`join`. ``report`` (of a job that is DONE), ``error`` (FAILED) and ``kept`` (CANCELLED)
    are final once ``state`` is not RUNNING; by then the process has ended and been reaped. Call
    :meth:`join` before letting go of it.

    ``command`` starts another worker than our own. ``grace`` is how many seconds a worker has to
    end after a cancel, or after its last word, before it is killed (by default :func:`grace_for`).
    """

    def __init__(
        self,
        request: Request,
        *,
        command: Sequence[str] | None = None,
        grace: float | None = None,
    ) -> None:
        self.request = request
        self.state = JobState.RUNNING
        self.paused = False
        self._command = command or worker_command()
        self._grace = grace if grace is not None else grace_for(request)
        self._lost: Explanation | None = None
        self._verb = verb_of(request)
        self._heard = Conversation(self._verb)
        self._start = encode_message(Start(PROTOCOL, self._verb, to_json(request)))
        self._outbox: Outbox = Outbox()
        self._outbox.put(self._start)
        self._lock = Lock()  # guards the five below
        self._child: Child | None = None
        self._timer: Timer | None = None
        self._cancelled = False
        self._over = False
        self._doomed = False  # killed because it was to end, not because of what it said
        self._thread = Thread(target=self._run, name=f"zpack-worker-{self._verb}")
        self._thread.start()

    @property
    def items(self) -> Listing | None:
        """What item numbers refer to, once it is known."""
        return self._heard.items

    @property
    def outcomes(self) -> bytearray:
        """One byte for each item: how it stands now (``Outcome``). Not to be changed."""
        return self._heard.outcomes

    @property
    def frames(self) -> FramePlaces | None:
        """Where the archive's frames are, once it is known, of a job that looks at them."""
        return self._heard.frames

    @property
    def frame_states(self) -> bytearray:
        """One byte for each frame: how it stands now (``PartState``). Not to be changed."""
        return self._heard.frame_states

    @property
    def question(self) -> OpenQuestion | None:
        """What the job waits for an answer to, if it does."""
        return self._heard.question

    @property
    def report(self) -> Report | None:
        """What came of it, if it is DONE."""
        return self._heard.report

    @property
    def error(self) -> Explanation | None:
        """Why it FAILED."""
        return self._lost or self._heard.error

    @property
    def kept(self) -> tuple[str, ...]:
        """What was completed before it was CANCELLED, and stays."""
        return self._heard.kept

    def sample(self) -> Sample:
        """The latest counters, and the items finished since the last call."""
        return self._heard.sample()

    def pause(self) -> None:
        """Hold the job."""
        self.paused = True
        self._say(Pause())

    def resume(self) -> None:
        """Let it go on."""
        self.paused = False
        self._say(Resume())

    def answer(self, number: int, answer: Answer) -> None:
        """Answer the question of that number; nothing happens if it is not open."""
        question = self._heard.question
        if question is not None and question.number == number:
            self._heard.question = None
            self._say(Reply(number, answer.choice, answer.for_all))

    def cancel(self) -> None:
        """Ask the job to stop; after the grace it is killed."""
        with self._lock:
            if self._cancelled:
                return
            self._cancelled = True
        self._say(Cancel())
        self._kill_later()

    def kill(self) -> None:
        """End the process at once; the job is CANCELLED unless it has ended already."""
        self._kill(doomed=True)

    def join(self, timeout: float | None = None) -> bool:
        """Wait up to ``timeout`` seconds; True if the job, its process and threads have ended."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _say(self, message: Message) -> None:
        self._outbox.put(encode_message(message))

    def _kill(self, doomed: bool) -> None:
        with self._lock:
            self._doomed = self._doomed or doomed
            if self._child is not None:
                self._child.kill()

    def _kill_later(self) -> None:
        with self._lock:
            if self._timer is None and not self._over:
                self._timer = Timer(self._grace, self._grace_is_over)
                self._timer.start()

    def _grace_is_over(self) -> None:
        self._kill(doomed=self._cancelled)

    def _run(self) -> None:
        if len(self._start) >= wire.MAX_CONTROL:
            self._end(RequestTooLong())
            return
        try:
            child = Child(self._command, worker_environment(), self._outbox)
        except OSError as error:
            self._end(WorkerLost(f"Its process could not be started: {reason(error)}."))
            return
        with self._lock:
            self._child = child
            if self._doomed:
                child.kill()
        fault = self._listen(child)
        if fault:
            child.kill()
        self._kill_later()
        code = child.finish()
        self._end(WorkerLost(f"{fault or describe_exit(code)}\n{child.tail}".strip()))

    def _listen(self, child: Child) -> str:
        """Take in what the worker says, up to its last word; returns what was wrong with it."""
        try:
            while self._heard.ended is None:
                message = wire.read_message(child.output)
                if message is None:
                    return ""
                self._heard.take(*message)
        except wire.WireError as fault:
            return f"Its process said something that makes no sense: {fault}."
        except Exception as error:  # whatever it was, the window must learn that the job is over
            return f"What its process said could not be used: {error!r}."
        return ""

    def _end(self, trouble: ZpackError) -> None:
        """The process is gone: settle the state. ``trouble`` counts if it had no last word."""
        self._heard.question = None
        with self._lock:
            self._over = True
            timer = self._timer
        if timer is not None:
            timer.cancel()
            timer.join()
        state = self._heard.ended
        if state is None:
            clear_leftovers(self.request)
        if state is None and self._doomed:
            state = JobState.CANCELLED
        if state is None:
            self._lost = trouble.explain()
            state = JobState.FAILED
        self.state = state
