"""The browser's table, with the keys of a file manager."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from zpack_gui.models.folder_model import FolderModel
from zpack_gui.models.order import Column
from zpack_gui.widgets.rows_view import RowsView

_HIDDEN_BELOW = {Column.TYPE: 720, Column.MODIFIED: 560}  # widths of the view
_WIDTHS = (100, 130, 150, 150)


class FolderView(RowsView):
    """Double click and Enter tell ``activated_row``; Backspace tells ``up_wanted``."""

    activated_row = Signal(int)
    up_wanted = Signal()

    def __init__(self, model: FolderModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("Contents of the folder"))
        self._model = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.stretch_first(_WIDTHS)
        self.setColumnHidden(Column.STATE, True)
        header = self.horizontalHeader()
        header.setSortIndicator(Column.NAME, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._activate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the names keep their room."""
        super().resizeEvent(event)
        for column, least in _HIDDEN_BELOW.items():
            self.setColumnHidden(column, self.width() < least)

    def offer(self, actions: list[QAction]) -> None:
        """In the context menu."""
        self.addActions(actions)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _activate(self, index: QModelIndex) -> None:
        if index.isValid():
            self.activated_row.emit(self._model.row_at(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Backspace goes up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._activate(self.currentIndex())
        elif event.key() == Qt.Key.Key_Backspace:
            self.up_wanted.emit()
        else:
            super().keyPressEvent(event)

    def selected_ranges(self) -> list[tuple[int, int]]:
        """First and last positions of what is selected; never a list of rows."""
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        return [(part.top(), part.bottom()) for part in parts]

    def focus_row(self, row: int | None) -> None:
        """Make a row of the listing the current one; without, the first."""
        if not self._model.rowCount():
            return
        position = 0 if row is None else self._model.position_of(row)
        index = self._model.index(position, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
