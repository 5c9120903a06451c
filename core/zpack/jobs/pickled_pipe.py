"""Messages from a process to the one that it was made of, through a pipe: a length (4 bytes), then
so many bytes of pickle. Both ends are this program, so what comes can be believed."""

import os
import pickle
from typing import NamedTuple

_LENGTH = 4
_PIECE = 1 << 20


class Told(NamedTuple):
    """How far a process is: its lane's counters, and the items (4 bytes each) that were finished
    since the last time, with their outcomes (a byte each); the same of parts."""

    bytes_done: int
    items_done: int
    item: int
    item_done: int
    finished: bytes
    outcomes: bytes
    settled: bytes
    part_states: bytes


class Ended(NamedTuple):
    """The last that a process tells: its part of the result, and what went wrong."""

    part: object
    error: BaseException | None


def send(fd: int, message: Told | Ended) -> None:
    """Raises ``OSError`` if nobody listens any more."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    view = memoryview(len(body).to_bytes(_LENGTH, "little") + body)
    while view:
        view = view[os.write(fd, view) :]


def receive(fd: int) -> Told | Ended | None:
    """The next message; None if there are no more, or it is cut short."""
    length = _read(fd, _LENGTH)
    body = _read(fd, int.from_bytes(length, "little")) if length else b""
    if not body:
        return None
    message = pickle.loads(body)
    assert isinstance(message, Told | Ended)
    return message


def _read(fd: int, length: int) -> bytes:
    parts = []
    while length:
        part = os.read(fd, min(length, _PIECE))
        if not part:
            return b""
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
