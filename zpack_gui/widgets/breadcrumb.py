"""Where in the archive one is, each folder on the way a button."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from zpack.entries import Listing
from zpack.errors import shown
from zpack_gui.look.icons import set_icon
from zpack_gui.look.wording import action_text, plain_tooltip
from zpack_gui.widgets.basics import icon_button, icon_label

_LONGEST = 32


class Breadcrumb(QFrame):
    """``chosen`` brings the row of a folder."""

    chosen = Signal(int)
    up_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAccessibleName(self.tr("Folder shown"))
        self.up_button = icon_button("up", self.tr("Up one folder (Alt+Up)"))
        self.up_button.clicked.connect(self.up_wanted)
        self._crumbs: list[QToolButton] = []
        self._separators: list[QLabel] = []
        self._rows: list[int] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 12, 4)
        self._row.setSpacing(0)
        self._row.addWidget(self.up_button)
        self._row.addSpacing(6)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Folders that have no room are hidden, nearest the archive first."""
        return QSize(120, super().minimumSizeHint().height())

    def crumbs(self) -> list[QToolButton]:
        """The buttons, the archive's first."""
        return list(self._crumbs)

    def show_folder(self, archive_name: str, listing: Listing, folder: int) -> None:
        """Show the way to a folder."""
        self._clear()
        way = _way(listing, folder)
        self._add(0, shown(archive_name), icon="file-archive")
        for row in reversed(way):
            self._add_separator()
            self._add(row, shown(listing.name(row)))
        self.up_button.setEnabled(bool(way))
        self._crumbs[-1].setProperty("role", "title")
        self._fit()

    def _clear(self) -> None:
        for widget in (*self._crumbs, *self._separators):
            self._row.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._crumbs.clear()
        self._separators.clear()
        self._rows.clear()

    def _add(self, row: int, name: str, icon: str = "") -> None:
        made = QToolButton()
        made.setProperty("crumb", "true")
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        short = name if len(name) <= _LONGEST else f"{name[:20]}…{name[-10:]}"
        made.setText(action_text(short))
        if icon:
            set_icon(made, icon, "muted")
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setToolTip(plain_tooltip(name))
        made.setAccessibleName(name)
        made.clicked.connect(self._choose)
        self._crumbs.append(made)
        self._rows.append(row)
        self._row.insertWidget(self._row.count() - 1, made)

    def _add_separator(self) -> None:
        made = icon_label("chevron-right", "muted", 16)
        self._separators.append(made)
        self._row.insertWidget(self._row.count() - 1, made)

    def _choose(self) -> None:
        sender = self.sender()
        if isinstance(sender, QToolButton) and sender in self._crumbs:
            self.chosen.emit(self._rows[self._crumbs.index(sender)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide what has no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The archive and the last folders stay; those between go when there is no room."""
        room = self.width() - self.up_button.sizeHint().width() - 40
        widths = [crumb.sizeHint().width() + 16 for crumb in self._crumbs]
        excess = sum(widths) - room
        for at in range(1, len(self._crumbs)):
            hide = excess > 0 and at < len(self._crumbs) - 1
            excess -= widths[at] if hide else 0
            self._crumbs[at].setVisible(not hide)
            self._separators[at - 1].setVisible(not hide)


def _way(listing: Listing, folder: int) -> list[int]:
    """A folder and those above it; the root has no button of its own. Ends even in a loop."""
    way = []
    while folder:
        way.append(folder)
        above = listing.parent[folder]
        folder = above if above < folder else 0
    return way
