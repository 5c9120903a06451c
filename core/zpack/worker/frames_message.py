"""Where an archive's frames are, on the wire: a count, then three columns of u64."""

import struct
import sys
from array import array

from zpack.operations.frame_places import FramePlaces
from zpack.worker.wire import Payload, WireError

MOST_FRAMES = 1 << 22  # of which a window is told: 96 MiB
_COUNT = struct.Struct("<I")
_COLUMNS = 3


def encode_frames(places: FramePlaces) -> bytes:
    """The payload of an ``F`` message."""
    columns = (places.offset, places.size, places.content)
    return _COUNT.pack(len(places)) + b"".join(map(_little, columns))


def decode_frames(payload: Payload) -> FramePlaces:
    """The places. Raises ``WireError``."""
    if len(payload) < _COUNT.size:
        raise WireError("the frames are cut off")
    (count,) = _COUNT.unpack_from(payload)
    length = 8 * count
    if count > MOST_FRAMES or len(payload) != _COUNT.size + _COLUMNS * length:
        raise WireError("the frames are not as many as it says")
    starts = (_COUNT.size + number * length for number in range(_COLUMNS))
    return FramePlaces(*(_column(payload[at : at + length]) for at in starts))


def _little(column: "array[int]") -> bytes:
    if sys.byteorder == "big":
        column = array("Q", column)
        column.byteswap()
    return column.tobytes()


def _column(data: Payload) -> "array[int]":
    column = array("Q", bytes(data))
    if sys.byteorder == "big":
        column.byteswap()
    return column
