"""What went wrong, one row for each file, with the reason."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from zpack.errors import ExitCode, Explanation, shown
from zpack_gui.look.icons import icon
from zpack_gui.look.wording import plain_tooltip, shown_lines
from zpack_gui.models.table_model import TableModel


class ProblemsModel(TableModel):
    """Over a report's explanations. GUI thread only."""

    columns = 3

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

    def count(self) -> int:
        """How many problems."""
        return len(self._problems)

    def titles(self) -> tuple[str, ...]:
        """File, what happened, why."""
        return self.tr("File"), self.tr("What happened"), self.tr("Why")

    def cell(self, position: int, column: int, role: int) -> Any:
        """The parts of an explanation."""
        problem = self._problems[position]
        if role == Qt.ItemDataRole.DisplayRole:
            return (shown(problem.path) or "–", problem.title, why(problem))[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip("\n".join((problem.title, problem.details, problem.hint)))
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return icon("alert", "bad" if problem.exit_code == ExitCode.DAMAGED else "attention")
        return None


def why(problem: Explanation) -> str:
    """The details without the path, which has a column of its own."""
    prefix = f"{shown(problem.path)}: "
    details = problem.details
    if problem.path and details.startswith(prefix):
        details = details[len(prefix) :]
        details = details[:1].upper() + details[1:]
    return shown(details.replace("\n", " "))
