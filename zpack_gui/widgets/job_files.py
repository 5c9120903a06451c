"""The files of one job: filters, and a table with a row for each."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from zpack.errors import Explanation
from zpack_gui.look.wording import words
from zpack_gui.models.job_cells import PROGRESS_ROLE, JobColumn
from zpack_gui.models.job_items_model import JobItemsModel, Shown
from zpack_gui.models.problems_model import ProblemsModel
from zpack_gui.widgets.basics import chip, label
from zpack_gui.widgets.progress_delegate import ProgressDelegate
from zpack_gui.widgets.rows_view import RowsView


class JobFiles(QWidget):
    """One table over one model, however many files; what is in work stands at its top."""

    def __init__(self, model: JobItemsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.view = RowsView(self.tr("Files of the job"))
        self.problems = ProblemsModel(parent=self)
        self.problems_view = RowsView(self.tr("Problems of the job"))
        self.chips: dict[Shown, QPushButton] = {}
        self._reached = label(role="muted")
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self._set_up_tables()
        self._lay_out()

    def _set_up_tables(self) -> None:
        self.view.setModel(self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.stretch_first((100, 240))
        self.view.setItemDelegateForColumn(JobColumn.STATE, ProgressDelegate(PROGRESS_ROLE))
        self.problems_view.setModel(self.problems)
        self.problems_view.stretch_first((170, 100))
        self.problems_view.stretch_also(2)
        for view in (self.view, self.problems_view):
            self._stack.addWidget(view)

    def _lay_out(self) -> None:
        texts = {
            Shown.ALL: self.tr("All"),
            Shown.ACTIVE: self.tr("In work"),
            Shown.PROBLEMS: self.tr("Problems"),
        }
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(4)
        for which, text in texts.items():
            self.chips[which] = made = chip(text)
            self._group.addButton(made)
            made.clicked.connect(self._choose)
            row.addWidget(made)
        self.chips[Shown.ALL].setChecked(True)
        row.addStretch()
        row.addWidget(self._reached)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    @Slot()
    def _choose(self) -> None:
        checked = self._group.checkedButton()
        for which, made in self.chips.items():
            if made is checked:
                self.show_files(which)

    def show_files(self, which: Shown) -> None:
        """All, those in work, or the problems."""
        self.chips[which].setChecked(True)
        self.model.show(which)
        reasons = which == Shown.PROBLEMS and self.problems.rowCount() > 0
        self._stack.setCurrentWidget(self.problems_view if reasons else self.view)

    def set_reasons(self, problems: tuple[Explanation, ...]) -> None:
        """The job has ended and says why files failed."""
        self.problems.set_problems(problems)
        if problems:
            self.show_files(Shown.PROBLEMS)
        self.chips[Shown.ACTIVE].hide()
        if self.model.shown == Shown.ACTIVE:
            self.show_files(Shown.ALL)
        self.tell_counts(None)

    def tell_counts(self, items_done: int | None) -> None:
        """Beside the filters: how far it is, how many problems."""
        problems = max(self.problems.rowCount(), self.model.problem_count())
        text = self.tr("Problems") if not problems else self._problems_text(problems)
        self.chips[Shown.PROBLEMS].setText(text)
        self.chips[Shown.PROBLEMS].setEnabled(problems > 0)
        if items_done is None:
            self._reached.setText("")
        else:
            total = words.files(self.model.total())
            done = words.number(min(items_done, self.model.total()))
            self._reached.setText(words.fill(self.tr("%1 of %2"), done, total))

    def _problems_text(self, count: int) -> str:
        return words.fill(self.tr("Problems: %1"), words.number(count))
