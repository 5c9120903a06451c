"""The control messages of the conversation, one class each (docs/protocol.md)."""

from typing import Any, TypeAlias

from zpack.errors import Explanation
from zpack.jobs import Choice, Limit
from zpack.records import record
from zpack.worker.serial import SerialError, from_json, to_json
from zpack.worker.wire import Payload, WireError, decode_json, encode_json

PROTOCOL = 1
PIECE = 100  # items of a long list in one message: keeps each short to read and write


@record
class Start:
    """The request: the window's first message."""

    protocol: int
    verb: str
    request: dict[str, Any]


@record
class Pause:
    """Hold the job."""


@record
class Resume:
    """Let it go on."""


@record
class Cancel:
    """Stop it."""


@record
class Reply:
    """The answer to the open question of that number."""

    question: int
    choice: Choice
    for_all: bool = False


@record
class Hello:
    """The worker's first message."""

    protocol: int
    version: str


@record
class Ask:
    """A conflict (the only ``kind``). Sizes in bytes, times in ns since 1970."""

    question: int
    kind: str
    path: str
    old_size: int
    old_mtime: int
    new_size: int
    new_mtime: int
    same_content: bool | None = None


@record
class AskLimit:
    """A limit, in its own unit. ``path`` is the archive, or for a time the entry."""

    question: int
    path: str
    limit: Limit
    wanted: int
    most: int


@record
class Part:
    """Some items of a long list that belongs to the last message."""

    field: str
    items: list[Any]


@record
class Done:
    """A last message: the report, its long lists sent before."""

    report: dict[str, Any]


@record
class Failed:
    """A last message."""

    error: Explanation


@record
class Stopped:
    """A last message: the job was cancelled; ``kept`` was completed and stays."""

    kept: tuple[str, ...] = ()


Message: TypeAlias = (
    Start
    | Pause
    | Resume
    | Cancel
    | Reply
    | Hello
    | Ask
    | AskLimit
    | Part
    | Done
    | Failed
    | Stopped
)

WINDOW_SAYS: dict[str, type[Message]] = {
    "start": Start,
    "pause": Pause,
    "resume": Resume,
    "cancel": Cancel,
    "answer": Reply,
}
WORKER_SAYS: dict[str, type[Message]] = {
    "hello": Hello,
    "question": Ask,
    "limit": AskLimit,
    "part": Part,
    "done": Done,
    "failed": Failed,
    "cancelled": Stopped,
}
_WORDS = {kind: word for word, kind in (WINDOW_SAYS | WORKER_SAYS).items()}


def encode_message(message: Message) -> bytes:
    """The payload of a control message."""
    return encode_json({"say": _WORDS[type(message)], **to_json(message)})


def decode_message(payload: Payload, known: dict[str, type[Message]]) -> Message:
    """The message, which must be one of ``known``. Raises ``WireError``."""
    fields = decode_json(payload)
    word = fields.pop("say", None)
    kind = known.get(word) if isinstance(word, str) else None
    if kind is None:
        raise WireError(f"nobody says {word!r} here")
    try:
        return from_json(kind, fields)
    except SerialError as error:
        raise WireError(f"“{word}”: {error}") from None
