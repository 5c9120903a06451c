"""The contents of one folder of an archive, of any size."""

from array import array
from collections.abc import Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from zpack.entries import Listing, ListingBuilder
from zpack_gui.models import folder_cells
from zpack_gui.models.hostile import HOSTILE
from zpack_gui.models.order import (
    Column,
    count_folders,
    ordered_rows,
    reversed_rows,
    unsorted_rows,
)

Index: TypeAlias = QModelIndex | QPersistentModelIndex

# Up to here a sort takes less than a frame or two; beyond, it is done on a thread.
SORT_AT_ONCE = 3000


class FolderModel(QAbstractTableModel):
    """Rows are numbers of the listing's rows, in the order shown; nothing is held per row else.

    A bigger folder shows at once in the archive's order; whoever listens to ``order_wanted``
    computes the order wanted (:func:`ordered_rows`, on a thread) and passes it to
    :meth:`set_order`. GUI thread only.
    """

    order_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listing: Listing = ListingBuilder().build()
        self.folder = 0
        self.states: bytes | bytearray = b""
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
        self.listing, self.folder = listing, folder
        self._rows = _children(listing, folder)
        self._order = self._first_order()
        self.endResetModel()
        if self.too_many_to_sort_at_once():
            self.order_wanted.emit()

    def set_states(self, states: bytes | bytearray) -> None:
        """An outcome for each of the listing's rows, after they were verified."""
        self.states = states
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.STATE, Column.STATE)
        if self._order:
            self.dataChanged.emit(
                self.index(0, Column.NAME), self.index(len(self._order) - 1, Column.STATE)
            )

    def rows(self) -> range:
        """All rows of the folder, as the listing has them."""
        return self._rows

    def row_at(self, position: int) -> int:
        """The listing's row at a position of the view."""
        return self._order[position]

    def rows_at(self, first: int, last: int) -> Sequence[int]:
        """The listing's rows at positions, both included."""
        return self._order[first : last + 1]

    def position_of(self, row: int) -> int:
        """Where a row of the folder is shown."""
        return self._order.index(row)

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
            return unsorted_rows(self.listing, rows)
        return self._directed(ordered_rows(self.listing, rows, self.sort_column, self.states))

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
        self._use(self._directed(order))

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

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many entries the folder has."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Always the same; the view hides what has nothing to tell."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        answer = folder_cells.ANSWERS.get(role)
        if answer is None or not index.isValid():
            return None
        try:
            return answer(self, self._order[index.row()], index.column())
        except HOSTILE:
            return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The columns' titles."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return folder_cells.alignment(section)
        return None

    def _title(self, section: int) -> str:
        return {
            int(Column.NAME): self.tr("Name"),
            int(Column.SIZE): self.tr("Size"),
            int(Column.TYPE): self.tr("Type"),
            int(Column.MODIFIED): self.tr("Modified"),
            int(Column.STATE): self.tr("State"),
        }[section]


def _children(listing: Listing, folder: int) -> range:
    try:
        return listing.children(folder)
    except HOSTILE:
        return range(0)
