"""Mistakes of ours are shown, never swallowed."""

import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from zpack_gui.dialogs.explanation_dialog import ExplanationDialog
from zpack_gui.look.wording import words


class Unexpected(QObject):
    """The last resort for exceptions in slots: says so, with the traceback to copy."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._dialog: ExplanationDialog | None = None  # nobody else may hold it

    def install(self) -> None:
        """Become ``sys.excepthook``."""
        sys.excepthook = self.tell

    def tell(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """To the terminal and in a dialog."""
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        if issubclass(kind, KeyboardInterrupt):
            return
        if self._dialog is not None:
            return  # what goes wrong 30 times a second is said once
        self._dialog = ExplanationDialog(words.mistake(error), QApplication.activeWindow())
        self._dialog.copy_text = text
        self._dialog.finished.connect(self._forget)
        self._dialog.open()

    @Slot()
    def _forget(self) -> None:
        self._dialog = None
