"""What verification found wrong: one row for each damaged file, then what concerns the archive."""

import os
from typing import Any

from PySide6.QtCore import QObject, Qt

from zpack.errors import Explanation, shown
from zpack.operations import Condition, EntryFinding, Stretch, VerifyReport
from zpack_gui.look.icons import icon
from zpack_gui.look.wording import plain_tooltip, words
from zpack_gui.models.problems_model import why
from zpack_gui.models.table_model import TableModel

_SHOWN = 10
_OF_ENTRY, _OF_ARCHIVE = "damaged", "archive-damaged"


class DamageModel(TableModel):
    """Over a report. GUI thread only."""

    columns = 4

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[EntryFinding | Explanation, ...] = ()

    def set_report(self, report: VerifyReport) -> None:
        """Show this one's."""
        self.beginResetModel()
        self._rows = (*report.entries, *_others(report))
        self.endResetModel()

    def count(self) -> int:
        """How many rows."""
        return len(self._rows)

    def titles(self) -> tuple[str, ...]:
        """File, what happened, which part of it, why."""
        return self.tr("File"), self.tr("What happened"), self.tr("Affected"), self.tr("Why")

    def frame_of(self, position: int) -> int | None:
        """The first damaged frame that a row is about."""
        row = self._rows[position]
        if isinstance(row, EntryFinding) and row.stretches:
            return row.stretches[0].first_frame
        return None

    def as_text(self) -> str:
        """For the clipboard: a line each."""
        return "\n".join("\t".join(self._texts(row)) for row in self._rows)

    def cell(self, position: int, column: int, role: int) -> Any:
        """The parts of a finding."""
        row = self._rows[position]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(row)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip("\n".join((*filter(None, self._texts(row)), *self._exact(row))))
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return icon("alert", "bad")
        return None

    def _texts(self, row: EntryFinding | Explanation) -> tuple[str, str, str, str]:
        if isinstance(row, Explanation):
            return shown(row.path and os.path.basename(row.path)) or "–", row.title, "", why(row)
        missing = row.condition is Condition.MISSING
        what = self.tr("Missing") if missing else self.tr("Damaged")
        reason = row.what[:1].upper() + row.what[1:]
        return shown(row.path), what, "" if missing else self._affected(row), reason

    def _affected(self, entry: EntryFinding) -> str:
        total = sum(stretch.end - stretch.start for stretch in entry.stretches)
        if not entry.size:
            return ""
        if not total or total >= entry.size:
            return self.tr("all of it")
        first = self._stretch(entry.stretches[0])
        if len(entry.stretches) == 1:
            return words.fill(self.tr("%1 of %2"), first, words.size(entry.size))
        return words.fill(self.tr("%1, and %2 more"), first, words.number(len(entry.stretches) - 1))

    def _exact(self, row: EntryFinding | Explanation) -> list[str]:
        """The bytes in doubt, as many stretches as a tool tip can show."""
        if isinstance(row, Explanation) or not row.size:
            return []
        text = self.tr("bytes %1 to %2 of %3")
        return [
            words.fill(
                text, words.number(each.start), words.number(each.end - 1), words.number(row.size)
            )
            for each in row.stretches[:_SHOWN]
        ]

    def _stretch(self, stretch: Stretch) -> str:
        return words.fill(self.tr("%1 to %2"), words.size(stretch.start), words.size(stretch.end))


def _others(report: VerifyReport) -> list[Explanation]:
    """Problems that neither the findings nor the map tell better: each damaged frame is also a
    problem of the archive, which says no more where files are named."""
    named = {entry.path for entry in report.entries}
    others = [p for p in report.problems if p.code != _OF_ENTRY or p.path not in named]
    of_archive = [p for p in others if p.code == _OF_ARCHIVE]
    if named and len(of_archive) == len(report.damaged_frames):
        return [p for p in others if p.code != _OF_ARCHIVE]
    return others
