"""A question with buttons that say what they do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zpack_gui.dialogs.sheet import Sheet
from zpack_gui.widgets.basics import heading, icon_label, label


class QuestionDialog(Sheet):
    """``accepted`` if the main button was pressed, ``rejected`` else."""

    def __init__(
        self,
        title: str,
        text: str,
        yes: str,
        no: str,
        parent: QWidget | None = None,
        *,
        icon: tuple[str, str] = ("alert", "attention"),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        head = heading(title)
        head.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(8)
        texts.addWidget(head)
        texts.addWidget(label(text, "muted", wrap=True))
        texts.addStretch()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(icon_label(*icon, 32), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.body.addLayout(row)
        self.foot.addStretch()
        self.no_button: QPushButton = self.add_button(no)
        self.no_button.clicked.connect(self.reject)
        self.yes_button: QPushButton = self.add_main(yes)
        self.yes_button.clicked.connect(self.accept)
        self.be_at_least(440)
