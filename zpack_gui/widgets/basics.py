"""Labels, buttons and roles, made in one line each."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from zpack_gui.look.icons import icon_size, set_icon, set_label_icon
from zpack_gui.look.wording import action_text


def set_look(widget: QWidget, name: str, value: str) -> None:
    """A property that the style sheet looks at."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Plain text, whatever it looks like. Roles: title, muted, good, attention, bad."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def heading(text: str = "") -> QLabel:
    """A page's or dialog's title: two points larger."""
    made = label(text, "title")
    font = QFont(made.font())
    font.setPointSizeF(font.pointSizeF() + 2)
    made.setFont(font)
    return made


def icon_label(name: str, role: str, size: int) -> QLabel:
    """An icon that cannot be pressed."""
    made = QLabel()
    made.setFixedSize(size, size)
    set_label_icon(made, name, role, size)
    return made


def button(text: str, icon: str = "", *, main: bool = False, small: bool = False) -> QPushButton:
    """A button with words."""
    made = QPushButton(action_text(text))
    made.setAutoDefault(False)
    if icon:
        set_icon(made, icon, "accent_text" if main else "text", 16)
    if main:
        made.setProperty("main", "true")
    if small:
        made.setProperty("small", "true")
    return made


def icon_button(icon: str, name: str) -> QToolButton:
    """A button with an icon only; ``name`` is its tool tip and what a screen reader says."""
    made = QToolButton()
    made.setProperty("compact", "true")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    set_icon(made, icon)
    name_button(made, name)
    return made


def name_button(made: QToolButton, name: str) -> None:
    """Say what it does now."""
    made.setToolTip(name)
    made.setAccessibleName(name)


def action_button(action: QAction) -> QToolButton:
    """A toolbar's button: icon and word."""
    made = QToolButton()
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setIconSize(icon_size(18, beside_text=True))
    return made


def show_permille(bar: QProgressBar, permille: int | None) -> None:
    """How far something is; None while there is nothing to measure by."""
    bar.setRange(0, 0 if permille is None else 1000)
    if permille is not None:
        bar.setValue(permille)


def chip(text: str) -> QPushButton:
    """One of several filters."""
    made = button(text)
    made.setCheckable(True)
    made.setProperty("chip", "true")
    return made


class ElidedLabel(QLabel):
    """One line of plain text that gives way in the middle when there is little room."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, elided."""
        painter = QPainter(self)
        inside = self.contentsRect()
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, inside.width()
        )
        self.style().drawItemText(
            painter,
            inside,
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )
