"""What all dialogs have in common: margins, and a row of buttons at the end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zpack_gui.widgets.basics import button


class Sheet(QDialog):
    """The title is the verb; Escape cancels. Contents go into ``body``, buttons into ``foot``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(16)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        outer.addLayout(self.body, 1)
        outer.addLayout(self.foot)

    def be_at_least(self, width: int) -> None:
        """Wide, and wider where the buttons need it; once everything is in its place."""
        self.setMinimumWidth(max(width, self.minimumSizeHint().width()))

    def add_main(self, text: str) -> QPushButton:
        """The button that Enter presses."""
        made = button(text)
        made.setDefault(True)
        made.setAutoDefault(True)
        self.foot.addWidget(made)
        made.setFocus()
        return made

    def add_button(self, text: str, icon: str = "") -> QPushButton:
        """Another button."""
        made = button(text, icon)
        self.foot.addWidget(made)
        return made

    def add_cancel(self) -> QPushButton:
        """Escape does the same."""
        made = self.add_button(self.tr("Cancel"))
        made.clicked.connect(self.reject)
        return made
