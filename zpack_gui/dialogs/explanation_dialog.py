"""An error: what happened, to which file and why, and what to do."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from zpack.errors import Explanation
from zpack_gui.dialogs.sheet import Sheet
from zpack_gui.look.wording import shown_lines
from zpack_gui.widgets.basics import heading, icon_label, label


class ExplanationDialog(Sheet):
    """Close with Escape or Enter."""

    def __init__(self, explanation: Explanation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(QGuiApplication.applicationDisplayName())
        self.copy_text = as_text(explanation)
        self.title = heading(explanation.title)
        self.title.setWordWrap(True)
        self.details = _selectable(shown_lines(explanation.details))
        self.hint = label(shown_lines(explanation.hint), "muted", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(8)
        for text in (self.title, self.details, self.hint):
            text.setVisible(bool(text.text()))
            texts.addWidget(text)
        texts.addStretch()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(icon_label("error", "bad", 32), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.body.addLayout(row)
        self.copy_button = self.add_button(self.tr("Copy details"), "copy")
        self.copy_button.clicked.connect(self._copy)
        self.foot.addStretch()
        self.add_main(self.tr("Close")).clicked.connect(self.accept)
        self.be_at_least(460)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.copy_text)


def as_text(explanation: Explanation) -> str:
    """For the clipboard."""
    parts = (explanation.title, explanation.details, explanation.hint, f"[{explanation.code}]")
    return "\n".join(shown_lines(part) for part in parts if part)


def _selectable(text: str) -> QLabel:
    made = label(text, wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
