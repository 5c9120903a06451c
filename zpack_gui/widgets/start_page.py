"""What the window shows before anything is open."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zpack_gui.models.recents import RecentArchives
from zpack_gui.widgets.drop_area import DropArea
from zpack_gui.widgets.recent_list import RecentList

_LEAST_DROP_AREA = 250
_ROW_HEIGHT = 52


class StartPage(QWidget):
    """The drop area, and below it the recent archives."""

    def __init__(self, recents: RecentArchives, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drop_area = DropArea()
        self.recent_list = RecentList(recents)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that no button looks chosen at first
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(20)
        column.addWidget(self.drop_area, 1)
        column.addWidget(self.recent_list)

    def minimumSizeHint(self) -> QSize:
        """Without recent archives: the jobs below may want the room."""
        return QSize(480, _LEAST_DROP_AREA)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many recent archives as there is room for."""
        super().resizeEvent(event)
        self.recent_list.show_at_most((self.height() - _LEAST_DROP_AREA - 60) // _ROW_HEIGHT)
