"""The presets as a row of cards, one of them chosen."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zpack.operations import PRESETS
from zpack_gui.widgets.basics import label


class PresetCard(QPushButton):
    """A title and what it is good for. A button, so that keys and screen readers know it."""

    def __init__(self, name: str, title: str, summary: str) -> None:
        super().__init__()
        self.name = name
        self.setProperty("card", "preset")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(title)
        self.setAccessibleDescription(summary)
        texts = QVBoxLayout(self)
        texts.setContentsMargins(12, 10, 12, 10)
        texts.setSpacing(2)
        for made in (label(title, "title"), label(summary, "muted", wrap=True)):
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(made)
        texts.addStretch()


class PresetChoice(QWidget):
    """Arrow keys move the choice; ``changed`` tells that another one is chosen."""

    changed = Signal()

    def __init__(self, chosen: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Preset"))
        self._group = QButtonGroup(self)
        self.cards: dict[str, PresetCard] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for preset in PRESETS:
            card = PresetCard(preset.name, preset.title, preset.summary)
            self.cards[preset.name] = card
            self._group.addButton(card)
            row.addWidget(card, 1)
        self._group.buttonToggled.connect(self._lead_tab_there)
        self._group.buttonToggled.connect(self._tell)
        self.choose(chosen if chosen in self.cards else "balanced")

    def chosen(self) -> str:
        """The name of the preset."""
        return next(name for name, card in self.cards.items() if card.isChecked())

    def choose(self, name: str) -> None:
        """Choose one."""
        self.cards[name].setChecked(True)

    @Slot(QAbstractButton, bool)
    def _tell(self, _card: QAbstractButton, checked: bool) -> None:
        if checked:  # not for the one that was chosen before
            self.changed.emit()

    @Slot()
    def _lead_tab_there(self) -> None:
        """To the one that is chosen, not to the first of the row."""
        for card in self.cards.values():
            tab = Qt.FocusPolicy.StrongFocus if card.isChecked() else Qt.FocusPolicy.ClickFocus
            card.setFocusPolicy(tab)
