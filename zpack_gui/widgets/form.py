"""Labels and fields, each label level with its field."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget


class Form(QGridLayout):
    """Labels in one column, fields on one left edge."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(8)
        self.setColumnStretch(1, 1)

    def add(self, text: str, field: QWidget) -> None:
        """One more row. ``&`` in the text marks the key that leads to the field."""
        row = self.rowCount()
        if text:
            made = QLabel(text)
            made.setBuddy(field)
            self.addWidget(made, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.addWidget(field, row, 1)
