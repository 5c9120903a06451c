"""Everything the window can do, each once: for the toolbar, the menus and the keys."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from zpack_gui.look.icons import set_icon


class Actions(QObject):
    """Named after what they do; whoever does it connects ``triggered``."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.new = self._make(
            self.tr("&New…"), "new", self.tr("Make an archive of files and folders"), "Ctrl+N"
        )
        self.open = self._make(self.tr("&Open…"), "open", self.tr("Open an archive"), "Ctrl+O")
        self.extract = self._make(
            self.tr("&Extract…"),
            "extract",
            self.tr("Extract the selection, or everything"),
            "Ctrl+E",
        )
        self.extract_all = self._make(
            self.tr("Extract &everything…"),
            "extract",
            self.tr("Extract the whole archive"),
            "Ctrl+Shift+E",
        )
        self.verify = self._make(
            self.tr("&Verify"),
            "verify",
            self.tr("Read everything and compare it with what was put in"),
            "Alt+T",
            "Ctrl+T",
        )
        self.verify_quickly = self._make(
            self.tr("Verify &quickly"),
            "verify",
            self.tr("Compare the archive with its checksums, without unpacking it"),
            "Ctrl+Shift+T",
        )
        self.check_opened = self._make(
            self.tr("Check archives when they are &opened"),
            "",
            self.tr("Quickly and in the background, if it was not done today"),
        )
        self.check_opened.setCheckable(True)
        self.repair = self._make(
            self.tr("&Repair…"),
            "repair",
            self.tr("Look for damage, and bring back what can be brought back"),
        )
        self.add_recovery = self._make(
            self.tr("Add recovery re&cord…"),
            "shield",
            self.tr("So that damage can be repaired later on"),
        )
        self.up = self._make(self.tr("&Up one folder"), "up", "", "Alt+Up")
        self.reload = self._make(
            self.tr("&Read again"), "reload", self.tr("Read the archive again"), "F5"
        )
        self.close_archive = self._make(
            self.tr("&Close archive"), "close", self.tr("Back to the start page"), "Ctrl+W"
        )
        self.about = self._make(self.tr("&About zpack"), "info", "")
        self.quit = self._make(self.tr("&Quit"), "quit", "", "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def _make(self, text: str, icon: str, tip: str, *keys: str) -> QAction:
        action = QAction(text, self._window)
        if icon:
            set_icon(action, icon)
        action.setShortcuts([QKeySequence(key) for key in keys])
        plain = text.replace("&", "").replace("…", "")
        action.setIconText(plain)  # on the toolbar; in menus the dots say that more is asked
        shown = (
            QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        )
        action.setToolTip(f"{tip or plain} ({shown})" if shown else tip or plain)
        action.setStatusTip("")
        self._window.addAction(action)
        return action

    def enable(self, *, archive: bool, indexed: bool, reloadable: bool, below_root: bool) -> None:
        """What makes sense now."""
        for action in (self.extract, self.extract_all, self.verify, self.verify_quickly):
            action.setEnabled(archive)
        self.add_recovery.setEnabled(indexed)
        self.repair.setEnabled(reloadable)
        self.reload.setEnabled(reloadable)
        self.close_archive.setEnabled(reloadable)
        self.up.setEnabled(below_root)
