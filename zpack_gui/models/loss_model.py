"""What becomes of files in a damaged archive: a row for each that is not simply whole."""

import os
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from zpack.errors import Explanation, shown
from zpack.operations import DamageReport, LostEntry, Remedy
from zpack_gui.look.icons import icon
from zpack_gui.look.theme import colour
from zpack_gui.look.wording import plain_tooltip, words
from zpack_gui.models.problems_model import why
from zpack_gui.models.table_model import TableModel

_ICONS = (("alert", "bad"), ("alert", "attention"), ("alert", "attention"), ("check", "accent"))


class LossColumn(IntEnum):
    """Of the table."""

    PATH = 0
    SIZE = 1
    FATE = 2
    WHY = 3


class LossModel(TableModel):
    """Those that are lost, those that nothing vouches for, what could not be written; then, of an
    archive that is brought back as it was, those that were hit. Nothing is kept for each row. GUI
    thread only."""

    columns = 4
    numeric = frozenset({LossColumn.SIZE})

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[LostEntry | str | Explanation, ...], ...] = ()
        self._done = False

    def set_report(self, damage: DamageReport | None, *, done: bool) -> None:
        """Show this one's; ``done``: it is repaired."""
        self.beginResetModel()
        self._done = done
        self._parts = ()
        if damage is not None:
            back = damage.hit if damage.remedy is Remedy.RESTORED else ()
            self._parts = (damage.lost, damage.doubtful, damage.problems, back)
        self.endResetModel()

    def count(self) -> int:
        """How many rows."""
        return sum(map(len, self._parts))

    def titles(self) -> tuple[str, ...]:
        """File, its size, what becomes of it, why."""
        return self.tr("File"), self.tr("Size"), self.tr("What becomes of it"), self.tr("Why")

    def as_text(self) -> str:
        """For the clipboard: a line each."""
        return "\n".join("\t".join(self._texts(row)) for row in range(self.count()))

    def cell(self, position: int, column: int, role: int) -> Any:
        """The parts of a row."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(position)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip("\n".join(filter(None, self._texts(position))))
        if role == Qt.ItemDataRole.DecorationRole and column == LossColumn.PATH:
            return icon(*_ICONS[self._at(position)[0]])
        if role == Qt.ItemDataRole.ForegroundRole and column in (LossColumn.SIZE, LossColumn.WHY):
            return colour("muted")
        return None

    def _at(self, position: int) -> tuple[int, LostEntry | str | Explanation]:
        for number, part in enumerate(self._parts):
            if position < len(part):
                return number, part[position]
            position -= len(part)
        raise IndexError(position)

    def _texts(self, position: int) -> tuple[str, str, str, str]:
        part, row = self._at(position)
        if isinstance(row, LostEntry):
            reason = row.why[:1].upper() + row.why[1:]
            return shown(row.path), words.size(row.size), self.tr("Lost"), reason
        if isinstance(row, Explanation):
            name = shown(row.path and os.path.basename(row.path)) or "–"
            return name, "", row.title, why(row)
        if part == 1:
            reason = self.tr("No checksum tells whether it is as it was")
            return shown(row), "", self.tr("Not sure"), reason
        fate = self.tr("Brought back") if self._done else self.tr("Comes back")
        return shown(row), "", fate, self.tr("A part of it was damaged")
