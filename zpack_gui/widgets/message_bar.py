"""A bar over a page that says what is wrong with it, or what came of something."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zpack_gui.look.icons import set_label_icon
from zpack_gui.widgets.basics import button, icon_button, icon_label, label, set_look

_ICONS = {
    "info": ("info", "accent"),
    "good": ("verify", "good"),
    "attention": ("alert", "attention"),
    "bad": ("error", "bad"),
}


class MessageBar(QFrame):
    """Hidden until :meth:`show_message`. One message at a time: the latest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tone = ""
        self._icon = icon_label("info", "accent", 20)
        self.title = label(role="title", wrap=True)
        self.text = label(wrap=True)
        self.close_button = icon_button("close", self.tr("Dismiss this message"))
        self.close_button.clicked.connect(self.hide)
        self._buttons: list[QPushButton] = []
        self._row = self._lay_out()
        self.hide()

    def _lay_out(self) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addWidget(self.close_button)
        return row

    def show_message(self, tone: str, title: str, text: str = "") -> None:
        """Replace what is shown. Tones: info, good, attention, bad."""
        self.tone = tone
        for old in self._buttons:
            old.deleteLater()
        self._buttons.clear()
        set_look(self, "tone", tone)
        set_label_icon(self._icon, *_ICONS[tone], 20)
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.setAccessibleName(f"{title} {text}")
        self.show()

    def buttons(self) -> list[QPushButton]:
        """What can be done about it."""
        return list(self._buttons)

    def add_button(self, text: str, slot: "QObject | object") -> QPushButton:
        """Something to do about it."""
        made = button(text, small=True)
        made.clicked.connect(slot)
        self._buttons.append(made)
        self._row.insertWidget(self._row.count() - 1, made)
        return made
