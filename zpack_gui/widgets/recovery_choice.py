"""How large a recovery record should be."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QWidget

from zpack_gui.look.wording import words
from zpack_gui.widgets.basics import label

USUAL = 5
_OFFERED = (USUAL, 10)
_NONE, _OWN = 0, -1


class RecoveryChoice(QWidget):
    """None at all, or so many percent of the archive. ``changed`` follows every choice."""

    changed = Signal()

    def __init__(self, *, optional: bool = True, parent: QWidget | None = None) -> None:
        """``optional``: there may be none."""
        super().__init__(parent)
        self.sizes = QComboBox()
        self.sizes.setAccessibleName(self.tr("Recovery record"))
        if optional:
            self.sizes.addItem(self.tr("None"), _NONE)
        for percent in _OFFERED:
            text = words.fill(self.tr("%1 % of the archive"), words.number(percent))
            self.sizes.addItem(text, percent)
        self.sizes.addItem(self.tr("Another size…"), _OWN)
        self.own = QSpinBox()
        self.own.setAccessibleName(self.tr("Size of the recovery record in percent"))
        self.own.setRange(1, 100)
        self.own.setSuffix(self.tr(" %"))
        self.own.setValue(20)
        self.own.lineEdit().setTextMargins(6, 0, 0, 0)
        self.hint = label(self.tr("Damage to about that much can be repaired"), "muted")
        self._lay_out()
        self.sizes.currentIndexChanged.connect(self._follow)
        self.own.valueChanged.connect(self.changed)
        self._follow()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.sizes)
        row.addWidget(self.own)
        row.addSpacing(4)
        row.addWidget(self.hint)
        row.addStretch()
        self.setFocusProxy(self.sizes)

    def percent(self) -> int | None:
        """What is chosen; None for no record."""
        chosen = self.sizes.currentData()
        return self.own.value() if chosen == _OWN else chosen or None

    def choose(self, percent: int | None) -> None:
        """Choose a size, whether it is offered or not; None for no record."""
        at = self.sizes.findData(percent or _NONE)
        if at < 0 and percent:
            self.own.setValue(percent)
            at = self.sizes.findData(_OWN)
        self.sizes.setCurrentIndex(max(0, at))

    @Slot()
    def _follow(self) -> None:
        self.own.setVisible(self.sizes.currentData() == _OWN)
        self.hint.setVisible(self.percent() is not None)
        self.changed.emit()
