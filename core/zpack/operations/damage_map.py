"""Shows front ends an archive as it was: which of its frames are damaged, and which come back."""

from array import array
from collections.abc import Iterable

from zpack.codecs import FrameTable
from zpack.entries import Kind, Listing
from zpack.jobs import Control, Lane, Outcome, PartState, Progress
from zpack.native.restore import Restored
from zpack.native.restore_plan import Plan
from zpack.operations.damage_extent import frames_hit
from zpack.operations.damaged_copies import DamagedCopies
from zpack.operations.frame_places import FramePlaces
from zpack.operations.repair_frames import Salvageable


class DamageMap:
    """Of one archive. For the job's own thread."""

    def __init__(
        self, control: Control, listing: Listing, frames: FrameTable, states: bytearray
    ) -> None:
        """Tell of it: ``states`` has a ``PartState`` for each frame."""
        self._progress: Progress = control.progress
        self._lane: Lane = control.progress.lane()
        self._listing = listing
        self._progress.outcomes = bytearray(len(listing))
        self._progress.items = listing
        offset, size, content = (
            array("Q", column) for column in (frames.offset, frames.csize, frames.dsize)
        )
        self._progress.start_parts(FramePlaces(offset, size, content, listing.tar_order()))
        self._progress.part_states[:] = states
        self._lane.settled.extend(range(len(states)))

    def lose(self, rows: Iterable[int]) -> None:
        """These do not come back."""
        self._settle(rows, Outcome.DAMAGED)

    def keep_the_rest(self) -> None:
        """All others have come back."""
        self._settle(
            (row for row, outcome in enumerate(self._progress.outcomes) if not outcome),
            Outcome.DONE,
        )

    def _settle(self, rows: Iterable[int], outcome: Outcome) -> None:
        for row in rows:
            if self._listing.kind[row] != Kind.DIRECTORY:
                self._progress.settle(self._lane, row, outcome)


def map_restored(control: Control, plan: Plan, restored: Restored) -> DamageMap:
    """All comes back."""
    listing, frames = restored.tail.listing, restored.tail.frames
    states = _states(len(frames), frames_hit(frames, plan.damaged), ())
    return DamageMap(control, listing, frames, states)


def map_salvaged(control: Control, copies: DamagedCopies, found: Salvageable) -> DamageMap:
    """What is in no copy is lost."""
    frames, missing = found.description.frames, found.found.missing()
    if copies.plan is not None:
        hit = frames_hit(frames, copies.plan.damaged)
    else:
        hit = set(found.found.not_of_first())
    states = _states(len(frames), hit, missing)
    made = DamageMap(control, found.description.listing, frames, states)
    made.lose(sorted(found.salvage.lost))
    return made


def _states(count: int, repaired: Iterable[int], lost: Iterable[int]) -> bytearray:
    states = bytearray([PartState.GOOD]) * count
    for frame in repaired:
        states[frame] = PartState.REPAIRED
    for frame in lost:
        states[frame] = PartState.DAMAGED
    return states
