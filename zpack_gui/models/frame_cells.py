"""The frames of an archive as the cells of a map: any number of frames, as many cells as fit."""

from collections.abc import Iterable
from enum import IntEnum

from zpack.jobs import PartState


class Cell(IntEnum):
    """How a cell looks: as the worst of its frames."""

    WAITING = 0
    PARTLY = 1  # some of its frames are good, others were not looked at
    GOOD = 2
    REPAIRED = 3
    DAMAGED = 4


class FrameCells:
    """``states`` has one byte a frame (``PartState``) and may be changed by others, who then call
    :meth:`look_at`. ``cells`` has one byte a cell. Nothing is kept for each frame. GUI thread only.
    """

    def __init__(self, states: bytes | bytearray = b"") -> None:
        self.states = states
        self.cells = bytearray()

    def __len__(self) -> int:
        return len(self.cells)

    def spread(self, most: int) -> None:
        """Use at most so many cells."""
        self.cells = bytearray(max(0, min(most, len(self.states))))
        for cell in range(len(self.cells)):
            self.cells[cell] = self._worst(self.frames(cell))

    def look_at(self, frames: Iterable[int]) -> set[int]:
        """These frames have changed: returns the cells that look other than before."""
        count, total = len(self.cells), len(self.states)
        touched = {self._cell(frame, count, total) for frame in frames} if count else set()
        changed = set()
        for cell in touched:
            now = self._worst(self.frames(cell))
            if now != self.cells[cell]:
                self.cells[cell] = now
                changed.add(cell)
        return changed

    def frames(self, cell: int) -> range:
        """The frames that a cell stands for."""
        count, total = len(self.cells), len(self.states)
        return range(cell * total // count, (cell + 1) * total // count)

    def cell_of(self, frame: int) -> int:
        """The cell of a frame."""
        return self._cell(frame, len(self.cells), len(self.states))

    @staticmethod
    def _cell(frame: int, count: int, total: int) -> int:
        return ((frame + 1) * count - 1) // total

    def _worst(self, frames: range) -> Cell:
        first, last = frames.start, frames.stop
        if self.states.find(PartState.DAMAGED, first, last) >= 0:
            return Cell.DAMAGED
        if self.states.find(PartState.REPAIRED, first, last) >= 0:
            return Cell.REPAIRED
        good = self.states.count(PartState.GOOD, first, last)
        if good == last - first:
            return Cell.GOOD
        return Cell.PARTLY if good else Cell.WAITING

    def next_damaged(self, after: int) -> int | None:
        """The first damaged cell after this one, or from the beginning; None without any."""
        found = self.cells.find(Cell.DAMAGED, after + 1)
        found = found if found >= 0 else self.cells.find(Cell.DAMAGED)
        return found if found >= 0 else None
