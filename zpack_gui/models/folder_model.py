"""The contents of one folder of an archive, of any size."""

from array import array
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from zpack.entries import Listing, ListingBuilder
from zpack_gui.models import folder_cells
from zpack_gui.models.hostile import HOSTILE
from zpack_gui.models.order import (
    Column,
    count_folders,
    damaged_rows,
    ordered_rows,
    reversed_rows,
    unsorted_rows,
)
from zpack_gui.models.table_model import TableModel

# Up to here a sort takes less than a frame or two; beyond, it is done on a thread.
SORT_AT_ONCE = 3000


class FolderModel(TableModel):
    """Rows are numbers of the listing's rows, in the order shown; nothing is held per row else.

    A bigger folder shows at once in the archive's order; whoever listens to ``order_wanted``
    computes the order wanted (:func:`ordered_rows`, on a thread) and passes it to
    :meth:`set_order`. GUI thread only.
    """

    order_wanted = Signal()
    columns = len(Column)
    numeric = frozenset({Column.SIZE})

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listing: Listing = ListingBuilder().build()
        self.folder = 0
        self.states: bytes | bytearray = b""
        self.only_damaged = False
        self.sort_column = Column.NAME
        self.descending = False
        self._rows = range(0)
        self._order: Sequence[int] = range(0)
        self._sizes: dict[int, int] = {}

    # What is shown

    def show(self, listing: Listing, folder: int) -> None:
        """Show a folder of a listing."""
        self.beginResetModel()
        if listing is not self.listing:
            self._sizes.clear()
            self.states = b""
            self.only_damaged = False
        self.listing, self.folder = listing, folder
        self._rows = _children(listing, folder)
        self._order = self._first_order()
        self.endResetModel()
        if self.too_many_to_sort_at_once():
            self.order_wanted.emit()

    def set_states(self, states: bytes | bytearray) -> None:
        """An outcome for each of the listing's rows, after they were verified."""
        self.states = states
        if self.only_damaged:  # others may be now
            self.show_only_damaged(bool(states))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.STATE, Column.STATE)
        if self._order:
            self.dataChanged.emit(
                self.index(0, Column.NAME), self.index(len(self._order) - 1, Column.STATE)
            )

    def show_only_damaged(self, on: bool) -> None:
        """Leave out whatever is not damaged and has no damage inside; or show all again."""
        self.only_damaged = on
        self.show(self.listing, self.folder)

    def rows(self) -> range:
        """All rows of the folder, as the listing has them; some may not be shown."""
        return self._rows

    def row_at(self, position: int) -> int:
        """The listing's row at a position of the view."""
        return self._order[position]

    def rows_at(self, first: int, last: int) -> Sequence[int]:
        """The listing's rows at positions, both included."""
        return self._order[first : last + 1]

    def position_of(self, row: int) -> int:
        """Where a row of the folder is shown; the first place if it is not."""
        try:
            return self._order.index(row)
        except ValueError:
            return 0

    def folder_size(self, row: int) -> int:
        """Bytes in and below a folder, remembered once asked for."""
        size = self._sizes.get(row)
        if size is None:
            try:
                size = self.listing.total_size(row)
            except HOSTILE:
                size = 0
            self._sizes[row] = size
        return size

    # Order

    def too_many_to_sort_at_once(self) -> bool:
        """Whether sorting is for a thread."""
        return len(self.rows()) > SORT_AT_ONCE

    def _first_order(self) -> Sequence[int]:
        rows = self.rows()
        if self.too_many_to_sort_at_once():
            return self._kept(unsorted_rows(self.listing, rows))
        order = ordered_rows(self.listing, rows, self.sort_column, self.states)
        return self._kept(self._directed(order))

    def _kept(self, order: Sequence[int]) -> Sequence[int]:
        """Of an order what is to be shown."""
        if not self.only_damaged or not self.states:
            return order
        try:
            wanted = damaged_rows(self.listing, self._rows, self.states)
        except HOSTILE:
            return order
        return array("I", (row for row in order if row in wanted))

    def _directed(self, order: "array[int]") -> "array[int]":
        if not self.descending:
            return order
        return reversed_rows(order, count_folders(self.listing, self.rows()))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; a big folder's order follows when it is computed."""
        self.sort_column = Column(column)
        self.descending = order == Qt.SortOrder.DescendingOrder
        if self.too_many_to_sort_at_once():
            self.order_wanted.emit()
        else:
            self._use(self._first_order())

    def set_order(self, order: "array[int]") -> None:
        """The ascending order that was asked for by ``order_wanted``."""
        self._use(self._kept(self._directed(order)))

    def _use(self, order: Sequence[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self._order[index.row()] for index in before]
        self._order = order
        after = [
            self.index(order.index(row), index.column())
            for row, index in zip(rows, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # What Qt asks

    def count(self) -> int:
        """How many entries are shown."""
        return len(self._order)

    def titles(self) -> tuple[str, ...]:
        """Always the same; the view hides what has nothing to tell."""
        return (
            self.tr("Name"),
            self.tr("Size"),
            self.tr("Type"),
            self.tr("Modified"),
            self.tr("State"),
        )

    def cell(self, position: int, column: int, role: int) -> Any:
        """See :mod:`folder_cells`."""
        answer = folder_cells.ANSWERS.get(role)
        return answer(self, self._order[position], column) if answer else None


def _children(listing: Listing, folder: int) -> range:
    try:
        return listing.children(folder)
    except HOSTILE:
        return range(0)
