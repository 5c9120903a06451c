"""Progress on the wire: the counters as JSON, then the items and frames settled since the message
before."""

import struct
from array import array
from collections.abc import Sequence

from zpack.jobs import Outcome, PartState, Sample
from zpack.records import record
from zpack.worker.serial import SerialError, from_json, to_json
from zpack.worker.wire import Payload, WireError, decode_json, encode_json

_U32 = struct.Struct("<I")
_OUTCOMES = bytes(range(Outcome.DONE, Outcome.DAMAGED + 1))
_STATES = bytes(range(PartState.GOOD, PartState.REPAIRED + 1))


@record
class Counters:
    """The part of a sample that replaces the one before. ``active``: items and bytes done."""

    phase: str = ""
    bytes_total: int = 0
    bytes_done: int = 0
    bytes_out: int = 0
    items_total: int = 0
    items_done: int = 0
    active: tuple[tuple[int, int], ...] = ()


def counters_of(sample: Sample) -> Counters:
    """A sample without what was finished."""
    return Counters(
        sample.phase,
        sample.bytes_total,
        sample.bytes_done,
        sample.bytes_out,
        sample.items_total,
        sample.items_done,
        tuple(pair for pair in sample.active if pair[0] >= 0),
    )


def sample_of(
    counters: Counters,
    finished: "array[int]",
    outcomes: bytes,
    settled: "array[int]",
    part_states: bytes,
) -> Sample:
    """Counters with what was finished and settled since some moment."""
    return Sample(
        counters.phase,
        counters.bytes_total,
        counters.bytes_done,
        counters.bytes_out,
        counters.items_total,
        counters.items_done,
        counters.active,
        finished,
        outcomes,
        settled,
        part_states,
    )


def encode_progress(sample: Sample) -> bytes:
    """The payload of a ``P`` message."""
    head = encode_json(to_json(counters_of(sample)))
    items = _numbered(sample.finished, sample.outcomes)
    frames = _numbered(sample.settled, sample.part_states)
    return b"".join((_U32.pack(len(head)), head, *items, *frames))


def _numbered(numbers: Sequence[int], values: bytes) -> "tuple[bytes, array[int], bytes]":
    return _U32.pack(len(numbers)), array("I", numbers), values


def decode_progress(payload: Payload, items: int, frames: int) -> Sample:
    """The sample; item numbers must be under ``items``, those of frames under ``frames``. Raises
    ``WireError``."""
    head, rest = _split(memoryview(payload), 1)
    counters = _counters(decode_json(head))
    finished, outcomes, rest = _take_numbered(rest, _OUTCOMES)
    settled, states, rest = _take_numbered(rest, _STATES)
    if rest:
        raise WireError("progress is longer than it says")
    if max(settled, default=-1) >= frames:
        raise WireError("progress names a frame that is not there")
    named = max(max(finished, default=-1), max((item for item, _ in counters.active), default=-1))
    if named >= items or any(item < 0 for item, _ in counters.active):
        raise WireError("progress names an item that is not in the listing")
    return sample_of(counters, finished, outcomes, settled, states)


def _take_numbered(
    view: "memoryview[int]", known: bytes
) -> "tuple[array[int], bytes, memoryview[int]]":
    """Numbers, one of the ``known`` values for each, and what follows."""
    numbers, rest = _split(view, 4)
    found = array("I", bytes(numbers))
    values = bytes(rest[: len(found)])
    if len(values) != len(found):
        raise WireError("progress has not one outcome for each item")
    if values.translate(None, known):
        raise WireError("progress has an outcome that is not known")
    return found, values, rest[len(found) :]


def _split(view: "memoryview[int]", width: int) -> "tuple[memoryview[int], memoryview[int]]":
    """A u32 count, so many times ``width`` bytes; and what follows."""
    if len(view) < _U32.size:
        raise WireError("progress is cut off")
    (count,) = _U32.unpack_from(view)
    end = _U32.size + count * width
    if len(view) < end:
        raise WireError("progress is cut off")
    return view[_U32.size : end], view[end:]


def _counters(fields: dict[str, object]) -> Counters:
    try:
        return from_json(Counters, fields)
    except SerialError as error:
        raise WireError(f"progress: {error}") from None
