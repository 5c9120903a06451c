"""A row for each file of a job, with its own progress and outcome, however many there are."""

from array import array
from collections.abc import Sequence
from enum import Enum
from itertools import compress
from typing import Any

from PySide6.QtCore import QModelIndex, QObject

from zpack.entries import Kind, Listing, ListingBuilder
from zpack.jobs import Outcome, Sample
from zpack_gui.models import job_cells
from zpack_gui.models.job_cells import JobColumn, Verb
from zpack_gui.models.table_model import TableModel

# The order of this many rows is renewed with each sample; of more, so much less often.
_ROWS_A_SAMPLE = 20_000


class Shown(Enum):
    """Which of a job's files are listed."""

    ALL = "all"
    ACTIVE = "active"
    PROBLEMS = "problems"


class JobItemsModel(TableModel):
    """Over a listing and a byte for each outcome; rows are numbers, never objects.

    All shows what is in work first, then what was finished last, then what waits; once the job
    has ended, problems first and the rest by path. A sample costs one layout change at most and
    one ``dataChanged``, however many files it brings. GUI thread only.
    """

    columns = len(JobColumn)
    numeric = frozenset({JobColumn.SIZE})

    def __init__(self, verb: Verb, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.verb = verb
        self.listing: Listing = ListingBuilder().build()
        self.outcomes: bytes | bytearray = b"\0"
        self.active: dict[int, int] = {}
        self.ended = False
        self._listed = bytearray()  # a byte a row of the listing: whether it has one here
        self._waiting = bytearray()  # the same: whether it is not finished
        self._finished = array("I")
        self._problems = array("I")
        self._order: Sequence[int] = range(0)
        self._shown = Shown.ALL
        self._on_top = 0
        self._samples = 0

    # What comes from the job

    def set_items(
        self, listing: Listing, outcomes: bytes | bytearray, parts: Sequence[range] | None = None
    ) -> None:
        """What the job's numbers refer to; ``outcomes`` is the job's own and goes on changing.
        ``parts`` are the rows that the job is about, if not all."""
        self.beginResetModel()
        self.listing, self.outcomes = listing, outcomes
        kinds = bytes(listing.kind).translate(_IS_ITEM)
        if parts is None:
            parts = (range(1, len(listing)),)
        self._listed = bytearray(len(listing))
        for part in parts:
            self._listed[part.start : part.stop] = kinds[part.start : part.stop]
        self._waiting = self._listed[:]
        self._order = self._ordered()
        self.endResetModel()

    def take(self, sample: Sample) -> None:
        """What happened since the last sample."""
        changed = bool(sample.finished) or self.active.keys() != dict(sample.active).keys()
        self.active = dict(sample.active)
        self._finished.extend(sample.finished)
        for item in sample.finished:
            self._waiting[item] = 0
        if sample.outcomes.count(Outcome.DONE) < len(sample.outcomes):
            self._problems.extend(
                item
                for item, outcome in zip(sample.finished, sample.outcomes, strict=True)
                if outcome != Outcome.DONE
            )
        self._samples += 1
        if changed and self._samples % self._stride() == 0:
            self._reorder()
        if self._on_top:
            self.dataChanged.emit(self.index(0, 0), self.index(self._on_top - 1, JobColumn.STATE))

    def end(self) -> None:
        """The job has ended; nothing more will come."""
        self.ended = True
        self.active = {}
        self._reorder()

    # What is shown

    def problem_count(self) -> int:
        """How many files are not simply done."""
        return len(self._problems)

    def total(self) -> int:
        """How many files the job has, listed or not."""
        return self._listed.count(1)

    @property
    def shown(self) -> Shown:
        """Which files are listed."""
        return self._shown

    def show(self, which: Shown) -> None:
        """List others."""
        if which != self._shown:
            self._shown = which
            self._reorder()

    def row_at(self, position: int) -> int:
        """The listing's row at a position of the view."""
        return self._order[position]

    def _stride(self) -> int:
        return 1 + (len(self._listed) // _ROWS_A_SAMPLE if self._shown == Shown.ALL else 0)

    def _reorder(self) -> None:
        order = self._ordered()
        if len(order) != len(self._order):
            # Only the filters change how many rows there are.
            self.beginResetModel()
            self._order = order
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self._order[index.row()] for index in before]
        self._order = order
        self.changePersistentIndexList(before, self._new_places(rows, before))
        self.layoutChanged.emit()

    def _new_places(self, rows: list[int], before: list[QModelIndex]) -> list[QModelIndex]:
        places = []
        for row, index in zip(rows, before, strict=True):
            found = row in self._order
            places.append(self.index(self._order.index(row), index.column()) if found else index)
        return places

    def _ordered(self) -> Sequence[int]:
        active = array("I", self.active)
        self._on_top = len(active) if self._shown != Shown.PROBLEMS else 0
        if self._shown == Shown.ACTIVE:
            return active
        if self._shown == Shown.PROBLEMS:
            return self._problems[:]
        if self.ended:
            return self._after_the_end()
        return self._during_the_job(active)

    def _during_the_job(self, active: "array[int]") -> Sequence[int]:
        for row in active:
            self._waiting[row] = 0
        rest = array("I", compress(range(len(self._waiting)), self._waiting))
        for row in active:
            self._waiting[row] = 1
        return active + self._finished[::-1] + rest

    def _after_the_end(self) -> Sequence[int]:
        rest = self._listed[:]
        for row in self._problems:
            rest[row] = 0
        return self._problems + array("I", compress(range(len(rest)), rest))

    # What Qt asks

    def count(self) -> int:
        """How many files are listed."""
        return len(self._order)

    def titles(self) -> tuple[str, ...]:
        """Of each ``JobColumn``."""
        return self.tr("File"), self.tr("Size"), self.tr("Progress")

    def cell(self, position: int, column: int, role: int) -> Any:
        """See :mod:`job_cells`."""
        answer = job_cells.ANSWERS.get(role)
        return answer(self, self._order[position], column) if answer else None


_IS_ITEM = bytes(int(code != Kind.DIRECTORY) for code in range(256))
