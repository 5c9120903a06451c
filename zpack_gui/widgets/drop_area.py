"""The large area of the start page that says what to drop, and what a drop will do."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zpack_gui.look.icons import set_label_icon
from zpack_gui.look.theme import colour
from zpack_gui.widgets.basics import button, heading, icon_label, label

_OVERLAY_EDGE = 16


class DropArea(QWidget):
    """Says what a drop does; the window takes the drops, so that they work everywhere on it."""

    def __init__(self, parent: QWidget | None = None, *, buttons: bool = True) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Drop area"))
        self._hot = False
        self._has_buttons = buttons
        self._icon = icon_label("compress", "accent", 56)
        self.title = heading()
        self.text = label(role="muted")
        self.new_button: QPushButton = button(self.tr("New archive…"), "new", main=True)
        self.open_button: QPushButton = button(self.tr("Open archive…"), "open")
        self._lay_out()
        self.say_what_belongs_here()

    def _lay_out(self) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for made in (self.new_button, self.open_button):
            policy = made.sizePolicy()
            policy.setRetainSizeWhenHidden(self._has_buttons)  # or the words would jump
            made.setSizePolicy(policy)
        buttons.addStretch()
        buttons.addWidget(self.new_button)
        buttons.addWidget(self.open_button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(4)
        column.addStretch()
        column.addWidget(self._icon, 0, centre)
        column.addSpacing(12)
        column.addWidget(self.title, 0, centre)
        column.addWidget(self.text, 0, centre)
        column.addSpacing(20)
        column.addLayout(buttons)
        column.addStretch()

    def say_what_belongs_here(self) -> None:
        """Nothing is being dragged."""
        self._say(
            "compress",
            self.tr("Drop files to compress, or an archive to open"),
            self.tr("Archives are standard .tar.zst files that any tool opens"),
            hot=False,
        )

    def say_what_a_drop_does(self, text: str, icon: str) -> None:
        """Something is being dragged over the window."""
        self._say(icon, text, self.tr("Let go to continue"), hot=True)

    def _say(self, icon: str, title: str, text: str, *, hot: bool) -> None:
        self._hot = hot
        for made in (self.new_button, self.open_button):
            made.setVisible(self._has_buttons and not hot)
        set_label_icon(self._icon, icon, "accent", 56)
        self.title.setText(title)
        self.text.setText(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed frame, full while a drop would land in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("window"))
        edge = 1 if self._has_buttons else _OVERLAY_EDGE
        frame = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        pen = QPen(colour("accent" if self._hot else "control_line"), 2 if self._hot else 1.5)
        pen.setStyle(Qt.PenStyle.SolidLine if self._hot else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(colour("accent_soft" if self._hot else "surface"))
        painter.drawRoundedRect(frame, 10, 10)


class DropOverlay(DropArea):
    """The same over any other page, only while something is being dragged."""

    def __init__(self, covered: QWidget) -> None:
        super().__init__(covered, buttons=False)
        self._covered = covered
        self.hide()

    def cover(self) -> None:
        """Lie over the whole parent."""
        self.setGeometry(self._covered.rect())
        self.raise_()
        self.show()
