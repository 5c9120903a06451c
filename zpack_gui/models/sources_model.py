"""The files and folders to archive, with their sizes as far as they are counted."""

import os
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from zpack.entries import Kind
from zpack.errors import shown
from zpack_gui.look.icons import icon
from zpack_gui.look.theme import colour
from zpack_gui.look.wording import plain_tooltip, words
from zpack_gui.models.file_types import icon_name

Index: TypeAlias = QModelIndex | QPersistentModelIndex


class Counted:
    """What is known of a source; the dialog copies it from the count."""

    __slots__ = ("bytes", "files", "finished", "folders", "is_folder", "unreadable")

    def __init__(self) -> None:
        self.bytes = 0
        self.files = 0
        self.folders = 0
        self.unreadable = 0
        self.is_folder = False
        self.finished = False


class SourcesModel(QAbstractTableModel):
    """Each path once. GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: list[str] = []
        self._counted: dict[str, Counted] = {}

    def paths(self) -> tuple[str, ...]:
        """In the order they were added."""
        return tuple(self._paths)

    def add(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Those that were not there yet are added, and returned."""
        new = tuple(dict.fromkeys(path for path in paths if path not in self._counted))
        if new:
            self.beginInsertRows(QModelIndex(), len(self._paths), len(self._paths) + len(new) - 1)
            for path in new:
                self._paths.append(path)
                self._counted[path] = Counted()
            self.endInsertRows()
        return new

    def remove(self, positions: list[int]) -> None:
        """Take rows away."""
        for position in sorted(positions, reverse=True):
            self.beginRemoveRows(QModelIndex(), position, position)
            del self._counted[self._paths.pop(position)]
            self.endRemoveRows()

    def counted(self, path: str) -> Counted | None:
        """To be filled in; None if the path was removed."""
        return self._counted.get(path)

    def tell_counts(self) -> None:
        """The counts have changed."""
        if self._paths:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._paths) - 1, 2))

    def total(self) -> Counted:
        """Of all sources; finished if all are."""
        total = Counted()
        for each in self._counted.values():
            total.bytes += each.bytes
            total.files += each.files
            total.folders += each.folders + each.is_folder
            total.unreadable += each.unreadable
        total.finished = all(each.finished for each in self._counted.values())
        return total

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many sources."""
        return 0 if parent.isValid() else len(self._paths)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, files, size."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if not index.isValid():
            return None
        return self._cell(self._paths[index.row()], index.column(), role)

    def _cell(self, path: str, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(path, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(shown(path))
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            kind = Kind.DIRECTORY if os.path.isdir(path) else Kind.FILE
            return icon(icon_name(kind, os.fsencode(path)), "accent" if kind else "muted")
        if role == Qt.ItemDataRole.ForegroundRole and column:
            return colour("muted")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def _text(self, path: str, column: int) -> str:
        counted = self._counted[path]
        if column == 0:
            return shown(os.path.basename(path) or path)
        if column == 1:
            return words.files(counted.files) if counted.files or counted.finished else ""
        text = words.size(counted.bytes)
        return text if counted.finished else f"{text}…"

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
            return (self.tr("Name"), self.tr("Contents"), self.tr("Size"))[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
