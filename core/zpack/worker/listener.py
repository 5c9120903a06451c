"""What the worker hears, on a thread of its own."""

from collections.abc import Callable
from threading import Thread
from typing import BinaryIO

from zpack.jobs import Answer, Control
from zpack.worker import wire
from zpack.worker.messages import (
    PROTOCOL,
    WINDOW_SAYS,
    Cancel,
    Message,
    Pause,
    Reply,
    Resume,
    Start,
    decode_message,
)


def hear(stream: BinaryIO) -> Message | None:
    """The next control message, or None at the end. Waits. Raises ``WireError``."""
    message = wire.read_message(stream)
    if message is None:
        return None
    kind, payload = message
    if kind != wire.CONTROL:
        raise wire.WireError("the window sends control messages only")
    return decode_message(payload, WINDOW_SAYS)


def hear_start(stream: BinaryIO) -> Start | None:
    """The first message, which must be the request; None if the window went away instead."""
    message = hear(stream)
    if message is None:
        return None
    if not isinstance(message, Start):
        raise wire.WireError("the first message is not the request")
    if message.protocol != PROTOCOL:
        raise wire.WireError(f"protocol {message.protocol} is not {PROTOCOL}")
    return message


class Listener:
    """Passes what the window says on to the job until the input ends, which means cancel.

    ``fault`` is what broke the protocol, if something did; ``ended`` whether the input is at its
    end. The thread is a daemon: nothing can wake it from waiting for the window.
    """

    def __init__(
        self, stream: BinaryIO, control: Control, open_question: Callable[[], int]
    ) -> None:
        self.fault: wire.WireError | None = None
        self.ended = False
        self._stream = stream
        self._control = control
        self._open_question = open_question
        self._answered = 0
        Thread(target=self._run, name="zpack-listener", daemon=True).start()

    def _run(self) -> None:
        try:
            while (message := hear(self._stream)) is not None:
                self._obey(message)
        except wire.WireError as fault:
            self.fault = fault
        except OSError:
            pass  # the same as the end of it
        self.ended = True
        self._control.cancel()

    def _obey(self, message: Message) -> None:
        match message:
            case Pause():
                self._control.pause()
            case Resume():
                self._control.resume()
            case Cancel():
                self._control.cancel()
            case Reply():
                self._answer(message)
            case _:
                raise wire.WireError("a second request")

    def _answer(self, reply: Reply) -> None:
        # Only once each: the job may ask the next question before the speaker has seen it, and
        # a second answer to the one before must not settle that.
        if self._answered < reply.question == self._open_question():
            self._answered = reply.question
            self._control.answer(Answer(reply.choice, reply.for_all))
