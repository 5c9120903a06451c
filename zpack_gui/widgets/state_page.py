"""What a list shows instead of rows: that it is empty, being loaded, or cannot be shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from zpack_gui.look.icons import set_label_icon
from zpack_gui.widgets.basics import button, heading, icon_label, label, show_permille


class StatePage(QWidget):
    """An icon, a title, some text, perhaps a bar and buttons, in the middle of the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon_label("info", "muted", 48)
        self.title = heading()
        self.text = label(role="muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(280)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self._made: list[QPushButton] = []
        self._lay_out()

    def _lay_out(self) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        self.title.setAlignment(centre)
        self.title.setWordWrap(True)
        self.text.setAlignment(centre)
        self.text.setFixedWidth(520)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        column.addWidget(self._icon, 0, centre)
        column.addSpacing(4)
        column.addWidget(self.title, 0)
        # In a row of its own: with an alignment, a label gets the height of its longest lines.
        words = QHBoxLayout()
        words.addStretch()
        words.addWidget(self.text)
        words.addStretch()
        column.addLayout(words)
        column.addWidget(self.bar, 0, centre)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.addStretch()
        row.addLayout(self.buttons)
        row.addStretch()
        column.addLayout(row)
        column.addStretch(3)

    def show_state(self, icon: str, role: str, title: str, text: str) -> None:
        """Replace what is said; bar and buttons go."""
        set_label_icon(self._icon, icon, role, 48)
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.bar.hide()
        for old in self._made:
            old.hide()
            old.deleteLater()
        self._made.clear()

    def show_progress(self, permille: int | None) -> None:
        """A bar; None while there is nothing to measure by."""
        show_permille(self.bar, permille)
        self.bar.show()

    def add_button(self, text: str, slot: object, *, main: bool = False) -> QPushButton:
        """Something to do about it."""
        made = button(text, main=main)
        made.clicked.connect(slot)
        self._made.append(made)
        self.buttons.addWidget(made)
        return made
