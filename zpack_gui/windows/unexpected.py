"""Mistakes of ours are shown, never swallowed."""

import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from zpack.errors import Explanation
from zpack_gui.dialogs.explanation_dialog import ExplanationDialog


class Unexpected(QObject):
    """The last resort for exceptions in slots: says so, with the traceback to copy."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._dialogs: list[ExplanationDialog] = []

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
        dialog = ExplanationDialog(
            Explanation(
                code="unexpected",
                exit_code=1,
                title=self.tr("Something went wrong in zpack itself"),
                details=text.strip().splitlines()[-1],
                hint=self.tr("Your files are as they were. Please report it with these details."),
            ),
            QApplication.activeWindow(),
        )
        dialog.copy_text = text
        self._dialogs.append(dialog)  # nobody else may hold it
        dialog.finished.connect(self._forget)
        dialog.open()

    @Slot()
    def _forget(self) -> None:
        self._dialogs = [dialog for dialog in self._dialogs if dialog is not self.sender()]
