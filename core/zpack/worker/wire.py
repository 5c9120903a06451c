"""Messages on a byte stream (docs/protocol.md, "Messages"): a length, a type byte, a payload."""

import json
import struct
from typing import BinaryIO, TypeAlias

CONTROL = b"J"
LISTING = b"L"
FRAMES = b"F"
PROGRESS = b"P"

MAX_MESSAGE = 1 << 30
MAX_CONTROL = 16 << 20

Payload: TypeAlias = "bytes | bytearray"

_LENGTH = struct.Struct("<I")
_PIECE = 1 << 20


class WireError(Exception):
    """What came, or was to be sent, is not a message that the protocol allows."""


def write_message(stream: BinaryIO, kind: bytes, payload: Payload) -> None:
    """Write one message and flush. Raises ``WireError`` if it is too long, ``OSError``."""
    length = len(payload) + 1
    if length > _limit(kind):
        raise WireError(f"a message of {length:,} bytes is too long")
    stream.write(_LENGTH.pack(length) + kind)
    stream.write(payload)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[bytes, bytearray] | None:
    """The next message as type and payload, or None at the end of the stream.

    Waits for it. Raises ``WireError`` if it is cut off, too long or of an unknown type.
    """
    head = _read(stream, _LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size:
        raise WireError("a message is cut off")
    (length,) = _LENGTH.unpack(head)
    if length == 0:
        raise WireError("a message is empty")
    kind = bytes(_read(stream, 1))
    if kind and kind not in (CONTROL, LISTING, FRAMES, PROGRESS):
        raise WireError(f"a message has the unknown type {kind!r}")
    if length > _limit(kind):
        raise WireError(f"a message of {length:,} bytes is too long")
    payload = _read(stream, length - 1)
    if not kind or len(payload) < length - 1:
        raise WireError("a message is cut off")
    return kind, payload


def _limit(kind: bytes) -> int:
    return MAX_CONTROL if kind == CONTROL else MAX_MESSAGE


def _read(stream: BinaryIO, count: int) -> bytearray:
    """Up to ``count`` bytes, fewer only at the end. Takes memory only for what really comes."""
    data = bytearray()
    while len(data) < count:
        piece = stream.read(min(count - len(data), _PIECE))
        if not piece:
            break
        data += piece
    return data


def encode_json(value: object) -> bytes:
    """ASCII; lone surrogates (bytes of paths that are not UTF-8) escaped like all others."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")


def decode_json(payload: "Payload | memoryview[int]") -> dict[str, object]:
    """One JSON object. Raises ``WireError`` for anything else."""
    try:
        value = json.loads(str(payload, "utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise WireError(f"a message is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise WireError("a message is JSON, but no object")
    return value


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")
