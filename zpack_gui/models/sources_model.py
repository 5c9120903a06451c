"""The files and folders to archive, with their sizes as far as they are counted."""

import os
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from zpack.entries import Kind
from zpack.errors import shown
from zpack_gui.look.icons import icon
from zpack_gui.look.theme import colour
from zpack_gui.look.wording import plain_tooltip, words
from zpack_gui.models.file_types import icon_name
from zpack_gui.models.table_model import TableModel


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


class SourcesModel(TableModel):
    """Each path once. GUI thread only."""

    columns = 3
    numeric = frozenset({1, 2})

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

    def count(self) -> int:
        """How many sources."""
        return len(self._paths)

    def titles(self) -> tuple[str, ...]:
        """Of the columns."""
        return self.tr("Name"), self.tr("Contents"), self.tr("Size")

    def cell(self, position: int, column: int, role: int) -> Any:
        """A source and its counts."""
        path = self._paths[position]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(path, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(shown(path))
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            kind = Kind.DIRECTORY if self._counted[path].is_folder else Kind.FILE
            return icon(icon_name(kind, os.fsencode(path)), "accent" if kind else "muted")
        if role == Qt.ItemDataRole.ForegroundRole and column:
            return colour("muted")
        return None

    def _text(self, path: str, column: int) -> str:
        counted = self._counted[path]
        if column == 0:
            return shown(os.path.basename(path) or path)
        if column == 1:
            return words.files(counted.files) if counted.files or counted.finished else ""
        text = words.size(counted.bytes)
        return text if counted.finished else f"{text}…"
