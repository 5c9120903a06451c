"""What all tables have in common: rows of cells under columns with titles."""

from typing import Any, ClassVar, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from zpack_gui.models.hostile import HOSTILE

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TableModel(QAbstractTableModel):
    """Subclasses say how many rows there are, what the columns are called, and what is in a cell.
    ``numeric`` columns are aligned to the right."""

    columns: ClassVar[int]
    numeric: ClassVar[frozenset[int]] = frozenset()

    def count(self) -> int:
        """How many rows."""
        raise NotImplementedError

    def titles(self) -> tuple[str, ...]:
        """The columns'."""
        raise NotImplementedError

    def cell(self, position: int, column: int, role: int) -> Any:
        """What a cell answers; None where a listing contradicts itself, or there is nothing."""
        raise NotImplementedError

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Rows have none below them."""
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One for each title."""
        return 0 if parent.isValid() else self.columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        try:
            return self.cell(index.row(), index.column(), role)
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
            return self.titles()[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        return _RIGHT if column in self.numeric else _LEFT
