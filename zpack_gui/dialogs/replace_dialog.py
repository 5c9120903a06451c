"""May a new archive take the place of what has its name?"""

import os

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from zpack.errors import shown
from zpack_gui.dialogs.question_dialog import QuestionDialog
from zpack_gui.look.wording import words


class _Texts(QObject):
    """A dialog's own translations cannot be asked for before it is made."""

    def title(self, name: str) -> str:
        return words.fill(self.tr("Replace %1?"), name)

    def replace(self) -> str:
        return self.tr("Replace")

    def cancel(self) -> str:
        return self.tr("Cancel")


class ReplaceDialog(QuestionDialog):
    """``text`` says what is at ``path``, and how long it stays. ``accepted``: it may go."""

    def __init__(self, path: str, text: str, parent: QWidget | None = None) -> None:
        texts, name = _Texts(), shown(os.path.basename(path))
        super().__init__(texts.title(name), text, texts.replace(), texts.cancel(), parent)
