"""The palette and style sheet of the application, following the system's light or dark scheme."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from zpack_gui.look.colours import DARK, LIGHT, Colours
from zpack_gui.look.style_sheet import style_sheet

# Platforms whose own style and palette look right; elsewhere there is Fusion and our palette.
_NATIVE_STYLES = ("windows11", "windowsvista", "macos")


class Theme(QObject):
    """Lives as long as the application; GUI thread only. ``changed`` follows each switch.

    ``forced`` overrides the system's scheme. On some platforms Qt cannot switch the scheme
    itself, so the palette is always set from here.
    """

    changed = Signal()

    def __init__(self, app: QApplication, forced: Qt.ColorScheme | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._forced = forced
        if app.style().objectName().lower() not in _NATIVE_STYLES:
            app.setStyle(QStyleFactory.create("Fusion"))
        self._apply()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)

    @Slot()
    def _apply(self) -> None:
        scheme = self._forced or QGuiApplication.styleHints().colorScheme()
        dark = scheme == Qt.ColorScheme.Dark
        _Current.colours = _with_system_accent(DARK if dark else LIGHT)
        if self._app.style().objectName().lower() not in _NATIVE_STYLES:
            self._app.setPalette(palette(_Current.colours))
        self._app.setStyleSheet(style_sheet(_Current.colours))
        self.changed.emit()


class _Current:
    colours: Colours = LIGHT


def colours() -> Colours:
    """The colours in use."""
    return _Current.colours


def colour(role: str) -> QColor:
    """One of them by its field's name."""
    return QColor(getattr(_Current.colours, role))


def _with_system_accent(base: Colours) -> Colours:
    """The system's own accent wins where there is one; offscreen and bare X11 have none."""
    if QGuiApplication.platformName() not in ("windows", "cocoa"):
        return base
    accent = QGuiApplication.palette().color(QPalette.ColorRole.Accent)
    dark_text = accent.lightness() > 150
    return replace(
        base, accent=accent.name(), accent_text=DARK.accent_text if dark_text else "#ffffff"
    )


def palette(c: Colours) -> QPalette:
    """A whole palette for Fusion."""
    role = QPalette.ColorRole
    result = QPalette()
    for which, value in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.surface),
        (role.AlternateBase, c.window),
        (role.Text, c.text),
        (role.PlaceholderText, c.muted),
        (role.Button, c.raised),
        (role.ButtonText, c.text),
        (role.BrightText, c.bad),
        (role.ToolTipBase, c.raised),
        (role.ToolTipText, c.text),
        (role.Highlight, c.selection),
        (role.HighlightedText, c.text),
        (role.Accent, c.accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.Light, c.raised),
        (role.Midlight, c.hover),
        (role.Mid, c.control_line),
        (role.Dark, c.control_line),
        (role.Shadow, c.line),
    ):
        result.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        faded = QColor(c.muted)
        faded.setAlphaF(0.6)
        result.setColor(QPalette.ColorGroup.Disabled, which, faded)
    return result
