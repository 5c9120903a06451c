"""The other side of conversations: real processes that do what a test needs."""

import contextlib
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from zpack.worker import wire
from zpack.worker.command import worker_command, worker_environment

_PRETENDER = Path(__file__).with_name("pretender.py")


def pretender_command() -> list[str]:
    """Our worker process, with operations that pretend (see ``pretender.py``)."""
    return [sys.executable, "-P", str(_PRETENDER)]


def liar_command(said: bytes, then: str = "pass") -> list[str]:
    """A process that says just these bytes, runs the Python statement and ends."""
    script = f"import os, sys\nos.write(1, bytes.fromhex({said.hex()!r}))\n{then}"
    return [sys.executable, "-I", "-S", "-c", script]


def frame(kind: bytes, payload: bytes) -> bytes:
    """One message as bytes."""
    return (len(payload) + 1).to_bytes(4, "little") + kind + payload


def said(**fields: object) -> bytes:
    """One control message as bytes."""
    return frame(wire.CONTROL, wire.encode_json(fields))


class Window:
    """Speaks to a worker process as the window does, but in any way it likes."""

    def __init__(self, command: list[str] | None = None) -> None:
        self.process = subprocess.Popen(
            command or worker_command(),
            env=worker_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def __enter__(self) -> "Window":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(BrokenPipeError):  # what was not yet flushed
                stream.close()
        self.process.wait()

    def say(self, **fields: object) -> None:
        self.send(said(**fields))

    def start(self, archive: str, **more: object) -> None:
        """Ask for a verification, which pretenders understand in their own way."""
        request = {"archive": archive}
        self.say(**{"say": "start", "protocol": 1, "verb": "verify", "request": request, **more})

    def send(self, data: bytes) -> None:
        self._stdin.write(data)
        self._stdin.flush()

    def hang_up(self) -> None:
        self._stdin.close()

    def hear_any(self) -> tuple[bytes, bytes] | None:
        message = wire.read_message(self._stdout)
        return None if message is None else (message[0], bytes(message[1]))

    def hear(self, word: str | None = None) -> dict[str, object]:
        """The next control message (with this word, if given); others are passed over."""
        while (message := self.hear_any()) is not None:
            if message[0] == wire.CONTROL:
                fields = wire.decode_json(message[1])
                if word in (None, fields["say"]):
                    return fields
        raise AssertionError(f"the worker never said {word}")

    def hear_to_the_end(self) -> list[tuple[bytes, bytes]]:
        messages = []
        while (message := self.hear_any()) is not None:
            messages.append(message)
        return messages

    def exit_code(self) -> int:
        return self.process.wait(30)

    @property
    def _stdin(self) -> BinaryIO:
        assert self.process.stdin is not None
        return self.process.stdin  # type: ignore[return-value]

    @property
    def _stdout(self) -> BinaryIO:
        assert self.process.stdout is not None
        return self.process.stdout  # type: ignore[return-value]
