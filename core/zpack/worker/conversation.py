"""What the window has heard from a worker so far."""

from array import array
from threading import Lock
from typing import Any

from zpack.entries import Listing
from zpack.errors import Explanation
from zpack.jobs import Conflict, JobState, LimitQuestion, Sample
from zpack.operations.frame_places import FramePlaces
from zpack.operations.reports import Report
from zpack.records import record
from zpack.worker import wire
from zpack.worker.frames_message import decode_frames
from zpack.worker.listing_message import decode_listing
from zpack.worker.messages import (
    PROTOCOL,
    WORKER_SAYS,
    Ask,
    AskLimit,
    Done,
    Failed,
    Hello,
    Message,
    Part,
    Stopped,
    decode_message,
)
from zpack.worker.progress_message import Counters, counters_of, decode_progress, sample_of
from zpack.worker.verbs import decode_report


@record
class OpenQuestion:
    """A question that waits for an answer to its number."""

    number: int
    question: Conflict | LimitQuestion


class Conversation:
    """Takes messages in from one thread; its attributes may be read from any.

    ``ended`` is the state that the worker's last word means, None before it.
    """

    def __init__(self, verb: str) -> None:
        self.items: Listing | None = None
        self.outcomes = bytearray()
        self.frames: FramePlaces | None = None
        self.frame_states = bytearray()
        self.question: OpenQuestion | None = None
        self.report: Report | None = None
        self.error: Explanation | None = None
        self.kept: tuple[str, ...] = ()
        self.ended: JobState | None = None
        self._verb = verb
        self._greeted = False
        self._parts: dict[str, list[Any]] = {}
        self._lock = Lock()
        self._counters = Counters()
        self._finished = array("I")
        self._finished_outcomes = bytearray()
        self._settled = array("I")
        self._settled_states = bytearray()

    def sample(self) -> Sample:
        """The latest counters, and what was finished since the last call."""
        with self._lock:
            finished, outcomes = self._finished, self._finished_outcomes
            settled, states = self._settled, self._settled_states
            self._finished, self._finished_outcomes = array("I"), bytearray()
            self._settled, self._settled_states = array("I"), bytearray()
            return sample_of(self._counters, finished, bytes(outcomes), settled, bytes(states))

    def take(self, kind: bytes, payload: wire.Payload) -> None:
        """One message from the worker. Raises ``WireError`` if it breaks the rules."""
        if not self._greeted and kind != wire.CONTROL:
            raise wire.WireError("it did not say hello")
        if kind == wire.LISTING:
            self._take_listing(decode_listing(payload))
        elif kind == wire.FRAMES:
            self._take_frames(decode_frames(payload, len(self.outcomes)))
        elif kind == wire.PROGRESS:
            items, frames = len(self.outcomes), len(self.frame_states)
            self._take_progress(decode_progress(payload, items, frames))
        else:
            self._take_control(decode_message(payload, WORKER_SAYS))

    def _take_listing(self, items: Listing) -> None:
        self.outcomes = bytearray(len(items))
        self.items = items

    def _take_frames(self, places: FramePlaces) -> None:
        self.frame_states = bytearray(len(places))
        self.frames = places

    def _take_progress(self, sample: Sample) -> None:
        for item, outcome in zip(sample.finished, sample.outcomes, strict=True):
            self.outcomes[item] = outcome
        for frame, state in zip(sample.settled, sample.part_states, strict=True):
            self.frame_states[frame] = state
        with self._lock:
            self._counters = counters_of(sample)
            self._finished.extend(sample.finished)
            self._finished_outcomes += sample.outcomes
            self._settled.extend(sample.settled)
            self._settled_states += sample.part_states

    def _take_control(self, message: Message) -> None:
        if not self._greeted:
            self._greet(message)
            return
        match message:
            case Ask():
                self._take_question(message)
            case AskLimit():
                asked = LimitQuestion(message.path, message.limit, message.wanted, message.most)
                self.question = OpenQuestion(message.question, asked)
            case Part():
                self._parts.setdefault(message.field, []).extend(message.items)
            case Done():
                fields = self._whole(message.report)
                self.report = decode_report(self._verb, fields, self.items)
                self.ended = JobState.DONE
            case Failed():
                self.error = message.error
                self.ended = JobState.FAILED
            case Stopped():
                self.kept = _strings(self._whole({"kept": list(message.kept)})["kept"])
                self.ended = JobState.CANCELLED
            case _:
                raise wire.WireError("it said hello twice")

    def _greet(self, message: Message) -> None:
        if not isinstance(message, Hello):
            raise wire.WireError("it did not say hello")
        if message.protocol != PROTOCOL:
            raise wire.WireError(f"it speaks protocol {message.protocol}, not {PROTOCOL}")
        self._greeted = True

    def _take_question(self, ask: Ask) -> None:
        if ask.kind != "conflict":
            raise wire.WireError(f"it asked an unknown kind of question, {ask.kind!r}")
        conflict = Conflict(
            ask.path, ask.old_size, ask.old_mtime, ask.new_size, ask.new_mtime, ask.same_content
        )
        self.question = OpenQuestion(ask.question, conflict)

    def _whole(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields of a last message with the parts of their lists that came before."""
        for path, items in self._parts.items():
            *within, name = path.split(".")
            place = fields
            for each in within:
                inner = place.get(each)
                if not isinstance(inner, dict):
                    raise wire.WireError(f"it sent parts of {path!r}, which is in no report")
                place = inner
            rest = place.get(name, [])
            if not isinstance(rest, list):
                raise wire.WireError(f"it sent parts of {path!r}, which is no list")
            place[name] = items + rest
        return fields


def _strings(items: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(item, str) for item in items):
        raise wire.WireError("it kept something that is not a path")
    return tuple(items)
