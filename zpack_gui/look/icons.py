"""The icon set: SVGs on a 24 px grid, drawn in the colours of the theme. GUI thread only."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton

from zpack_gui.look.resources import resource
from zpack_gui.look.theme import colour

# In real pixels: QIcon picks the one that fits size times scale, so that 1x and 2x are crisp.
_SIZES = (16, 18, 20, 24, 32, 36, 40, 48, 64, 96)
_NAME, _ROLE, _SIZE, _BESIDE = "icon_name", "icon_role", "icon_size", "icon_beside_text"


def icon(name: str, role: str = "text", *, beside_text: bool = False) -> QIcon:
    """An icon in one of the theme's colours. ``beside_text``: with room to its right, since
    buttons have no other way to keep their words from touching it."""
    return _icon(name, colour(role).name(), colour("control_line").name(), beside_text)


@lru_cache(maxsize=256)
def _icon(name: str, drawn: str, faded: str, beside_text: bool) -> QIcon:
    result = QIcon()
    for size in _SIZES:
        room = _room_beside(size) if beside_text else 0
        result.addPixmap(_pixmap(name, drawn, size, room), QIcon.Mode.Normal)
        result.addPixmap(_pixmap(name, drawn, size, room), QIcon.Mode.Selected)
        result.addPixmap(_pixmap(name, faded, size, room), QIcon.Mode.Disabled)
    return result


def _room_beside(size: int) -> int:
    return size * 4 // 18


def _pixmap(name: str, drawn: str, size: int, room: int = 0) -> QPixmap:
    svg = resource(f"icons/{name}.svg").read_bytes().replace(b"currentColor", drawn.encode())
    pixmap = QPixmap(size + room, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@lru_cache(maxsize=1)
def application_icon() -> QIcon:
    """The program's own, in its own colours."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        result.addPixmap(_pixmap("zpack", "", size))
    return result


def set_icon(
    target: QAction | QAbstractButton, name: str, role: str = "text", size: int = 18
) -> None:
    """Give it an icon that follows the theme (see :func:`renew`)."""
    target.setProperty(_NAME, name)
    target.setProperty(_ROLE, role)
    beside = isinstance(target, QAction) or bool(target.text())
    target.setProperty(_BESIDE, beside)
    target.setIcon(icon(name, role, beside_text=beside))
    if isinstance(target, QAbstractButton):
        target.setIconSize(icon_size(size, beside_text=beside))


def icon_size(size: int, *, beside_text: bool) -> QSize:
    """What to tell the button that shows it."""
    return QSize(size + (_room_beside(size) if beside_text else 0), size)


def set_label_icon(label: QLabel, name: str, role: str, size: int) -> None:
    """Show an icon in a label; it follows the theme."""
    label.setProperty(_NAME, name)
    label.setProperty(_ROLE, role)
    label.setProperty(_SIZE, size)
    label.setPixmap(icon(name, role).pixmap(QSize(size, size), label.devicePixelRatioF()))


def renew() -> None:
    """Draw all icons anew, after the theme has changed."""
    for widget in QApplication.allWidgets():
        if isinstance(widget, QLabel) and widget.property(_NAME):
            size = widget.property(_SIZE)
            set_label_icon(widget, widget.property(_NAME), widget.property(_ROLE), size)
        _renew(widget)
        for action in widget.actions():
            _renew(action)


def _renew(target: QObject) -> None:
    if isinstance(target, QToolButton) and target.defaultAction() is not None:
        return  # shows its action's
    if isinstance(target, QAction | QAbstractButton) and target.property(_NAME):
        beside = bool(target.property(_BESIDE))
        target.setIcon(icon(target.property(_NAME), target.property(_ROLE), beside_text=beside))
