"""An archive's contents: where one is, the folder's rows, and what else is to be said."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from zpack.entries import Kind
from zpack_gui.jobs.archive_opening import OpenedArchive
from zpack_gui.models.folder_model import FolderModel
from zpack_gui.models.order import Column
from zpack_gui.widgets.breadcrumb import Breadcrumb
from zpack_gui.widgets.folder_view import FolderView
from zpack_gui.widgets.message_bar import MessageBar
from zpack_gui.widgets.state_page import StatePage


class BrowserPage(QWidget):
    """Shows one archive, or why it doesn't. ``selection_changed`` also follows a new folder."""

    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.archive: OpenedArchive | None = None
        self._name = ""
        self._last_path = ""
        self.model = FolderModel(self)
        self.breadcrumb = Breadcrumb()
        self.message = MessageBar()
        self.view = FolderView(self.model)
        self.state = StatePage()
        self._empty = StatePage()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._empty.show_state(
            "folder-open", "muted", self.tr("This folder is empty"), self.tr("Nothing is in it.")
        )
        for page in (self.view, self.state, self._empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.breadcrumb)
        column.addWidget(self.message)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.breadcrumb.chosen.connect(self.show_folder)
        self.breadcrumb.up_wanted.connect(self.go_up)
        self.view.up_wanted.connect(self.go_up)
        self.view.activated_row.connect(self.open_row)
        self.view.selectionModel().selectionChanged.connect(self._selection_changed)

    @Slot()
    def _selection_changed(self) -> None:
        self.selection_changed.emit()

    def show_archive(self, archive: OpenedArchive, name: str) -> None:
        """From its root, or, if it was shown before, from the same folder."""
        folder = self._same_folder(archive)
        self._last_path = archive.path
        self.archive, self._name = archive, name
        self.show_states(b"")
        self.show_folder(folder)

    def _same_folder(self, archive: OpenedArchive) -> int:
        if self._last_path != archive.path:
            return 0
        found = archive.listing.find(self.model.listing.path(self.model.folder))
        return found if found and archive.listing.kind[found] == Kind.DIRECTORY else 0

    def show_state_page(self) -> StatePage:
        """Instead of rows; say there what is going on."""
        self.archive = None
        self.message.hide()
        self.breadcrumb.hide()
        self._stack.setCurrentWidget(self.state)
        return self.state

    @Slot(int)
    def show_folder(self, row: int, focus: int | None = None) -> None:
        """Show a folder, with one of its rows in focus."""
        if self.archive is None:
            return
        self.model.show(self.archive.listing, row)
        self.breadcrumb.show()
        self.breadcrumb.show_folder(self._name, self.archive.listing, row)
        self._say_if_empty(row)
        self.view.scrollToTop()
        self.view.focus_row(focus)
        self.view.clearSelection()
        self.selection_changed.emit()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_if_empty(self, row: int) -> None:
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.view)
            return
        title = self.tr("This folder is empty") if row else self.tr("This archive is empty")
        if self.model.rows():
            title = self.tr("Nothing in this folder is damaged")
        self._empty.show_state("folder-open", "muted", title, "")
        self._stack.setCurrentWidget(self._empty)

    @Slot(int)
    def open_row(self, row: int) -> None:
        """Folders open; files wait for a program to open them with."""
        if self.archive is not None and self.archive.listing.kind[row] == Kind.DIRECTORY:
            self.show_folder(row)

    @Slot()
    def go_up(self) -> None:
        """To the folder above, with the one left in focus."""
        if self.archive is not None and self.model.folder:
            left = self.model.folder
            self.show_folder(self.archive.listing.parent[left], left)

    def show_states(self, states: bytes | bytearray) -> None:
        """What verification found for each row; empty takes the column away."""
        self.model.set_states(states)
        self.view.setColumnHidden(Column.STATE, not states)

    @Slot()
    def toggle_only_damaged(self) -> None:
        """Show only what is damaged, in this folder and all others; or everything again."""
        self.model.show_only_damaged(not self.model.only_damaged)
        self._say_if_empty(self.model.folder)
        self.selection_changed.emit()

    def selected_rows(self) -> list[range | list[int]]:
        """The listing's rows that are selected, in parts."""
        parts = self.view.selected_ranges()
        return [self._part(first, last) for first, last in parts]

    def _part(self, first: int, last: int) -> range | list[int]:
        rows = self.model.rows_at(first, last)
        return rows if isinstance(rows, range) else list(rows)
