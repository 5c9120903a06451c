"""Starts the window."""

import os
import signal
import sys
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from zpack.version import __version__
from zpack_gui.jobs.garbage import GarbageCollector
from zpack_gui.look import icons
from zpack_gui.look.icons import application_icon
from zpack_gui.look.resources import resource
from zpack_gui.look.theme import Theme
from zpack_gui.windows.main_window import MainWindow
from zpack_gui.windows.unexpected import Unexpected

_PLACING_MS = 50


def run(arguments: Sequence[str] | None = None) -> int:
    """The program. ``arguments`` are files: an archive opens, others are to be compressed."""
    files = tuple(sys.argv[1:] if arguments is None else arguments)
    app = QApplication([sys.argv[0]])
    prepare(app)
    Unexpected(app).install()
    garbage = GarbageCollector(app)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal; Python never sees it
    window = MainWindow()
    window.show()
    if files:
        # Once the window has its place: what is to be asked is asked in its middle.
        QTimer.singleShot(_PLACING_MS, partial(window.take, tuple(map(os.path.abspath, files))))
    code = app.exec()
    window.bridge.shut_down()
    garbage.stop()
    return code


def prepare(app: QApplication, scheme: Qt.ColorScheme | None = None) -> Theme:
    """Names, translations and looks of the application. ``scheme`` overrides the system's."""
    app.setApplicationName("zpack")
    app.setApplicationDisplayName("zpack")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("zpack")
    if QLocale().language() == QLocale.Language.C:  # it separates no thousands
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    _translate(app)
    theme = Theme(app, scheme)
    theme.changed.connect(icons.renew)
    app.setWindowIcon(application_icon())
    return theme


def _translate(app: QApplication) -> None:
    """Qt's own words in the user's language; ours are English, which needs its plurals."""
    ours = QTranslator(app)
    if ours.load(str(resource("translations/zpack_en.qm"))):
        app.installTranslator(ours)
    theirs = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if theirs.load(QLocale(), "qtbase", "_", folder):
        app.installTranslator(theirs)
