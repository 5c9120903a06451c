"""Where an archive's frames are, on the wire: a head, three columns of u64, one of u32."""

import struct
import sys
from array import array

from zpack.operations.frame_places import FramePlaces
from zpack.worker.wire import Payload, WireError

MOST_FRAMES = 1 << 22  # of which a window is told: 96 MiB
_HEAD = struct.Struct("<III")  # frames, rows, proving
_COLUMNS = 3


def encode_frames(places: FramePlaces) -> bytes:
    """The payload of an ``F`` message."""
    columns = (places.offset, places.size, places.content, places.rows)
    head = _HEAD.pack(len(places), len(places.rows), places.proving)
    return head + b"".join(map(_little, columns))


def decode_frames(payload: Payload, items: int) -> FramePlaces:
    """The places; rows must be under ``items``. Raises ``WireError``."""
    if len(payload) < _HEAD.size:
        raise WireError("the frames are cut off")
    count, rows, proving = _HEAD.unpack_from(payload)
    length, end = 8 * count, _HEAD.size + _COLUMNS * 8 * count
    if count > MOST_FRAMES or proving > 1 or len(payload) != end + 4 * rows:
        raise WireError("the frames are not as many as it says")
    starts = (_HEAD.size + number * length for number in range(_COLUMNS))
    offset, size, content = (_column("Q", payload[at : at + length]) for at in starts)
    order = _column("I", payload[end:])
    if max(order, default=-1) >= items:
        raise WireError("an entry of the frames is not in the listing")
    return FramePlaces(offset, size, content, order, bool(proving))


def _little(column: "array[int]") -> bytes:
    if sys.byteorder == "big":
        column = array(column.typecode, column)
        column.byteswap()
    return column.tobytes()


def _column(kind: str, data: Payload) -> "array[int]":
    column: array[int] = array(kind)
    column.frombytes(data)
    if sys.byteorder == "big":
        column.byteswap()
    return column
