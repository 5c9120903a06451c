"""What went wrong, one row for each file, with the reason."""

from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from zpack.errors import Explanation, shown
from zpack_gui.look.icons import icon
from zpack_gui.look.wording import plain_tooltip, shown_lines

Index: TypeAlias = QModelIndex | QPersistentModelIndex


class ProblemsModel(QAbstractTableModel):
    """Over a report's explanations. GUI thread only."""

    def __init__(
        self, problems: tuple[Explanation, ...] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._problems = problems

    def set_problems(self, problems: tuple[Explanation, ...]) -> None:
        """Show others."""
        self.beginResetModel()
        self._problems = problems
        self.endResetModel()

    def as_text(self) -> str:
        """For the clipboard: a line each."""
        return "\n".join(f"{p.title}\t{shown_lines(p.details)}" for p in self._problems)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many problems."""
        return 0 if parent.isValid() else len(self._problems)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """File, what happened, why."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if not index.isValid():
            return None
        problem, column = self._problems[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (shown(problem.path) or "–", problem.title, _why(problem))[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip("\n".join((problem.title, problem.details, problem.hint)))
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return icon("alert", "bad" if problem.exit_code == 4 else "attention")
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
            return (self.tr("File"), self.tr("What happened"), self.tr("Why"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _why(problem: Explanation) -> str:
    """The details without the path, which has a column of its own."""
    prefix = f"{shown(problem.path)}: "
    details = problem.details
    if problem.path and details.startswith(prefix):
        details = details[len(prefix) :]
        details = details[:1].upper() + details[1:]
    return shown(details.replace("\n", " "))
