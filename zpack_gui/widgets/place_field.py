"""A line for a folder, with a button to choose one."""

import os
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from zpack_gui.widgets.basics import button


class PlaceField(QWidget):
    """``changed`` follows typing and choosing."""

    changed = Signal()

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setAccessibleName(accessible_name)
        self.line.textChanged.connect(self.changed)
        self.browse_button = button(self.tr("Browse…"))
        self.browse_button.clicked.connect(self._browse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.browse_button)
        self.setFocusProxy(self.line)

    def place(self) -> str:
        """The folder typed: ``~`` is the home folder, where what has no root begins, too; empty
        if nothing is typed."""
        typed = self.line.text().strip()
        return os.path.join(Path.home(), os.path.expanduser(typed)) if typed else ""

    def set_place(self, path: str) -> None:
        """Show a folder."""
        self.line.setText(path)

    @Slot()
    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), self.place())
        if chosen:
            self.set_place(chosen)


def can_be_name(name: str) -> bool:
    """Whether a disk can take it as the name of a file."""
    return bool(name) and not any(character in name for character in "/\0")
