"""Progress: plain counters that a job writes and a front end samples at its own pace.

A job numbers its items (rows of a listing). Each of its threads owns a :class:`Lane` and only it
writes there, so nothing is locked and nothing is sent per file.
"""

from array import array
from collections.abc import Sequence, Sized
from enum import IntEnum

from zpack.records import record

NO_ITEM = -1


class Outcome(IntEnum):
    """How an item stands; one byte each in :attr:`Progress.outcomes`."""

    WAITING = 0
    DONE = 1
    CHANGED = 2
    SKIPPED = 3
    FAILED = 4
    DAMAGED = 5


_WAITING = Outcome.WAITING  # for each item: members of an enum are looked up slowly


class PartState(IntEnum):
    """How a part of what is worked on stands; one byte each in :attr:`Progress.part_states`."""

    WAITING = 0
    GOOD = 1
    DAMAGED = 2
    REPAIRED = 3


class Lane:
    """One thread's part. ``bytes_done`` counts content in bytes, ``item_done`` that of ``item``.
    ``finished`` are items and ``settled`` parts that are through, the latest last."""

    __slots__ = ("bytes_done", "finished", "item", "item_done", "items_done", "settled")

    def __init__(self) -> None:
        self.bytes_done = 0
        self.items_done = 0
        self.item = NO_ITEM
        self.item_done = 0
        self.finished = array("I")
        self.settled = array("I")

    def begin(self, item: int) -> None:
        """This thread now works on ``item``."""
        self.item_done = 0
        self.item = item

    def advance_item(self, count: int) -> None:
        """``count`` more bytes of the item are through, but not of the whole job."""
        self.item_done += count

    def advance(self, count: int) -> None:
        """``count`` more bytes of the item, and so of the whole job, are through."""
        self.item_done += count
        self.bytes_done += count


class Progress:
    """The counters of one job.

    Written by the job only. ``items`` is what the numbers of the items refer to; the job sets it,
    with ``outcomes`` of the same length, before it finishes the first item. ``bytes_total`` and
    ``items_total`` may still grow while ``phase`` is "scanning".

    Some jobs also tell how the *parts* stand that the items lie in: ``parts`` is what their numbers
    refer to, with ``part_states`` of the same length, both set before the first is settled.
    """

    def __init__(self) -> None:
        self.phase = ""
        self.bytes_total = 0
        self.bytes_out = 0
        self.items_total = 0
        self.items: Sized | None = None
        self.outcomes = bytearray()
        self.parts: Sized | None = None
        self.part_states = bytearray()
        self.lanes: list[Lane] = []

    def lane(self) -> Lane:
        """A lane for the calling thread."""
        lane = Lane()
        self.lanes.append(lane)
        return lane

    def start(self, items: Sized, items_total: int, bytes_total: int) -> None:
        """What there is to do is known."""
        self.outcomes = bytearray(len(items))
        self.items_total = items_total
        self.bytes_total = bytes_total
        self.items = items

    def finish(self, lane: Lane, item: int, outcome: Outcome) -> None:
        """``item`` is through, or turns out otherwise later; called by the lane's thread."""
        if self.outcomes[item] == _WAITING:
            lane.items_done += 1
        self.outcomes[item] = outcome  # as settle, without the call: this is done for each file
        lane.finished.append(item)
        lane.item = NO_ITEM

    def settle(self, lane: Lane, item: int, outcome: Outcome) -> None:
        """As :meth:`finish`, for something that ``items_total`` does not count: a folder."""
        self.outcomes[item] = outcome
        lane.finished.append(item)
        lane.item = NO_ITEM

    def start_parts(self, parts: Sized) -> None:
        """The parts are known."""
        self.part_states = bytearray(len(parts))
        self.parts = parts

    def settle_part(self, lane: Lane, part: int, state: PartState) -> None:
        """How ``part`` stands is known; called by the lane's thread."""
        self.part_states[part] = state
        lane.settled.append(part)


@record
class Sample:
    """One look at a job. ``active`` pairs an item with its bytes done; ``finished`` and
    ``outcomes`` (one byte each) are those since the last look, ``settled`` and ``part_states``
    the same of parts."""

    phase: str
    bytes_total: int
    bytes_done: int
    bytes_out: int
    items_total: int
    items_done: int
    active: tuple[tuple[int, int], ...]
    finished: "array[int]"
    outcomes: bytes
    settled: Sequence[int] = ()
    part_states: bytes = b""


class ProgressReader:
    """Samples a :class:`Progress`. One per front end; not for two threads at once."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._seen: list[int] = []
        self._seen_parts: list[int] = []

    def sample(self) -> Sample:
        """The state now, and what was finished since the last call."""
        progress = self._progress
        lanes = tuple(progress.lanes)
        finished = _new(self._seen, [lane.finished for lane in lanes])
        settled = _new(self._seen_parts, [lane.settled for lane in lanes])
        outcomes, part_states = progress.outcomes, progress.part_states
        return Sample(
            phase=progress.phase,
            bytes_total=progress.bytes_total,
            bytes_done=sum(lane.bytes_done for lane in lanes),
            bytes_out=progress.bytes_out,
            items_total=progress.items_total,
            items_done=sum(lane.items_done for lane in lanes),
            active=tuple(pair for pair in map(_active, lanes) if pair[0] != NO_ITEM),
            finished=finished,
            outcomes=bytes(outcomes[item] for item in finished),
            settled=settled,
            part_states=bytes(part_states[part] for part in settled),
        )


def _new(seen: list[int], lists: "list[array[int]]") -> "array[int]":
    """What each list has more than was ``seen`` of it, which then counts as seen."""
    seen.extend([0] * (len(lists) - len(seen)))
    found = array("I")
    for number, items in enumerate(lists):
        new = items[seen[number] :]
        seen[number] += len(new)
        found.extend(new)
    return found


def _active(lane: Lane) -> tuple[int, int]:
    return lane.item, lane.item_done  # each read once: the lane's thread goes on meanwhile
