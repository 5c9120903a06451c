"""What the worker says: progress while something changes, questions, and the last word."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from zpack.entries import Listing
from zpack.errors import Explanation
from zpack.jobs import Conflict, Control, LimitQuestion, ProgressReader, Question
from zpack.operations.frame_places import FramePlaces
from zpack.operations.reports import ListReport, Report
from zpack.records import replace
from zpack.version import __version__
from zpack.worker import wire
from zpack.worker.frames_message import MOST_FRAMES, encode_frames
from zpack.worker.listing_message import encode_listing
from zpack.worker.messages import (
    PIECE,
    PROTOCOL,
    Ask,
    AskLimit,
    Done,
    Failed,
    Hello,
    Message,
    Part,
    Stopped,
    encode_message,
)
from zpack.worker.progress_message import Counters, counters_of, encode_progress
from zpack.worker.verbs import encode_report


class Speaker:
    """Writes messages to the window. For one thread.

    ``open_question`` is the number of the question that waits for an answer, 0 if none does.
    Nothing is raised when the window is gone (``gone`` is true then): its silence is noticed at
    the other end of the conversation.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._counters = Counters()
        self._listing: Listing | None = None
        self._frames: FramePlaces | None = None
        self._asked: Question | None = None
        self._questions = 0
        self.gone = False

    @property
    def open_question(self) -> int:
        """The number of the question last asked if it is still open, else 0."""
        return self._questions if self._asked is not None else 0

    def hello(self) -> None:
        """The first word."""
        self._say(Hello(PROTOCOL, __version__))

    def tell(self, control: Control, reader: ProgressReader) -> None:
        """Whatever changed since the last time."""
        # Sampled before the listing is looked at: a job sets `items` before it finishes the first.
        sample = reader.sample()
        self._tell_listing(control.progress.items)
        self._tell_frames(control.progress.parts)
        if self._frames is None:  # too many of them, or none
            sample = replace(sample, settled=(), part_states=b"")
        counters = counters_of(sample)
        if sample.finished or sample.settled or counters != self._counters:
            self._counters = counters
            self._write(wire.PROGRESS, encode_progress(sample))
        self._tell_question(control.question)

    def _tell_listing(self, items: object) -> None:
        if isinstance(items, Listing) and items is not self._listing:
            self._listing = items
            self._write(wire.LISTING, encode_listing(items))

    def _tell_frames(self, parts: object) -> None:
        if not isinstance(parts, FramePlaces) or parts is self._frames:
            return
        if len(parts) <= MOST_FRAMES:
            self._frames = parts
            self._write(wire.FRAMES, encode_frames(parts))

    def _tell_question(self, question: Question | None) -> None:
        if question is self._asked:
            return
        self._asked = question
        if isinstance(question, Conflict):
            self._questions += 1
            self._say(
                Ask(
                    self._questions,
                    "conflict",
                    question.path,
                    question.old_size,
                    question.old_mtime,
                    question.new_size,
                    question.new_mtime,
                    question.same_content,
                )
            )
        elif isinstance(question, LimitQuestion):
            self._questions += 1
            limit, wanted, most = question.limit, question.wanted, question.most
            self._say(AskLimit(self._questions, question.path, limit, wanted, most))

    def done(self, report: Report) -> None:
        """The last word of a job that came to its end."""
        if isinstance(report, ListReport):
            self._tell_listing(report.listing)
        fields = encode_report(report)
        self._shorten(fields)
        self._say(Done(fields))

    def failed(self, error: Explanation) -> None:
        """The last word of a job that could not."""
        self._say(Failed(error))

    def stopped(self, kept: tuple[str, ...]) -> None:
        """The last word of a job that was cancelled."""
        self._say(Stopped(tuple(self._long_list("kept", list(kept)))))

    def _shorten(self, fields: dict[str, Any], within: str = "") -> None:
        """Sends the long lists of a report, and of the reports in it, ahead."""
        for name, value in fields.items():
            if isinstance(value, list):
                fields[name] = self._long_list(within + name, value)
            elif isinstance(value, dict):
                self._shorten(value, f"{within}{name}.")

    def _long_list(self, name: str, items: list[Any]) -> Sequence[Any]:
        """Sends a long list ahead in parts; returns what is left for the last message."""
        while len(items) > PIECE:
            self._say(Part(name, items[:PIECE]))
            items = items[PIECE:]
        return items

    def _say(self, message: Message) -> None:
        self._write(wire.CONTROL, encode_message(message))

    def _write(self, kind: bytes, payload: bytes) -> None:
        if self.gone:
            return
        try:
            wire.write_message(self._stream, kind, payload)
        except OSError:
            self.gone = True
