"""The files and folders to archive: a table, and buttons to add and remove."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from zpack_gui.models.sources_model import Counted, SourcesModel
from zpack_gui.widgets.basics import button, label
from zpack_gui.widgets.rows_view import RowsView


class SourcesList(QWidget):
    """``added`` brings the new paths; ``changed`` follows every change, of counts too."""

    added = Signal(tuple)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = SourcesModel(self)
        self.view = RowsView(self.tr("Files and folders to archive"))
        self.view.setProperty("framed", "true")
        self.view.setModel(self.model)
        self.view.stretch_first((120, 110))
        self.add_files_button = button(self.tr("Add files…"), "plus")
        self.add_folder_button = button(self.tr("Add folder…"), "folder-plus")
        self.remove_button = button(self.tr("Remove"), "remove")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._look()

    def _lay_out(self) -> None:
        empty = label(self.tr("Drop files and folders here, or add them"), "empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add_files_button)
        row.addWidget(self.add_folder_button)
        row.addStretch()
        row.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._stack, 1)
        column.addLayout(row)

    def _connect(self) -> None:
        self.add_files_button.clicked.connect(self._add_files)
        self.add_folder_button.clicked.connect(self._add_folder)
        self.remove_button.clicked.connect(self._remove)
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self.view.selectionModel().selectionChanged.connect(self._look)

    def paths(self) -> tuple[str, ...]:
        """All sources."""
        return self.model.paths()

    def total(self) -> Counted:
        """What they hold, as far as it is counted."""
        return self.model.total()

    def add(self, paths: tuple[str, ...]) -> None:
        """Add those that are not there yet."""
        new = self.model.add(paths)
        if new:
            self._look()
            self.added.emit(new)
            self.changed.emit()

    def counts_changed(self) -> None:
        """What :meth:`SourcesModel.counted` gave has been filled in further."""
        self.model.tell_counts()
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.remove_button.setEnabled(self.view.selectionModel().hasSelection())

    @Slot()
    def _remove(self) -> None:
        rows = self.view.selectionModel().selectedRows()
        self.model.remove([index.row() for index in rows])
        self._look()
        self.changed.emit()

    @Slot()
    def _add_files(self) -> None:
        title = self.tr("Add files")
        chosen, _ = QFileDialog.getOpenFileNames(self, title, str(Path.home()))
        self.add(tuple(chosen))

    @Slot()
    def _add_folder(self) -> None:
        title = self.tr("Add a folder")
        chosen = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if chosen:
            self.add((chosen,))
