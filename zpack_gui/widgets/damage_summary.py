"""Damage and what becomes of it: in words, as a map, and every file that is concerned."""

import os

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from zpack.errors import shown
from zpack.operations import DamageReport
from zpack_gui.look.icons import set_label_icon
from zpack_gui.models.loss_model import LossColumn, LossModel
from zpack_gui.models.verification import Verification
from zpack_gui.widgets.basics import heading, icon_label, label, show_permille
from zpack_gui.widgets.map_panel import MapPanel
from zpack_gui.widgets.map_words import after_repair_words, before_repair_words
from zpack_gui.widgets.repair_words import repair_words
from zpack_gui.widgets.rows_view import RowsView

_MOST_FACTS = 5
_INDENT = 56


class DamageSummary(QWidget):
    """Of one archive: being looked at, known, or beyond looking at."""

    def __init__(self, archive: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = icon_label("repair", "accent", 40)
        self.title = heading()
        self.title.setWordWrap(True)
        self.meaning = label(wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of looking for damage"))
        self.facts = [(label(role="muted"), label()) for _ in range(_MOST_FACTS)]
        self.map = MapPanel()
        self.model = LossModel(self)
        self.view = RowsView(self.tr("Files that are concerned"))
        self._lay_out(shown(os.path.basename(archive)))
        self.show_looking(None, "")

    def _lay_out(self, name: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._head(name))
        column.addLayout(self._grid())
        column.addWidget(self.map)
        self.view.setProperty("framed", "true")
        self.view.setModel(self.model)
        self.view.stretch_first((80, 140, 100))
        self.view.stretch_also(3)
        column.addWidget(self.view, 1)
        column.addStretch()  # where there is no table

    def _head(self, name: str) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self.title)
        texts.addWidget(label(name, "muted", wrap=True))
        texts.addSpacing(4)
        texts.addWidget(self.bar)
        texts.addWidget(self.meaning)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        return row

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(_INDENT, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for number, (name, value) in enumerate(self.facts):
            grid.addWidget(name, number, 0)
            grid.addWidget(value, number, 1)
        return grid

    @Slot()
    def show_looking(self, permille: int | None, text: str) -> None:
        """It is being looked at."""
        self._clear()
        set_label_icon(self.icon, "repair", "accent", 40)
        self.title.setText(self.tr("Looking at what can be repaired"))
        self.meaning.setText(text)
        self.bar.show()
        show_permille(self.bar, permille)

    def show_failure(self, title: str, text: str) -> None:
        """It could not be looked at."""
        self._clear()
        set_label_icon(self.icon, "error", "bad", 40)
        self.title.setText(title)
        self.meaning.setText(text)

    def _clear(self) -> None:
        self.bar.hide()
        self.map.hide()
        self.view.hide()
        for row in self.facts:
            for each in row:
                each.hide()

    def show_damage(
        self, damage: DamageReport, known: Verification, copies: int, *, done: bool
    ) -> None:
        """What was found; ``done``: and repaired. ``copies`` is how many others there were."""
        self._clear()
        set_label_icon(self.icon, *repair_words.look(damage, done=done), 40)
        self.title.setText(repair_words.title(damage, done=done))
        self.meaning.setText(repair_words.meaning(damage, copies, done=done))
        facts = repair_words.facts(damage, done=done)
        for labels, texts in zip(self.facts, facts, strict=False):
            for each, text in zip(labels, texts, strict=True):
                each.setText(text)
                each.show()
        self.map.show_verification(known, after_repair_words if done else before_repair_words)
        self.model.set_report(damage, done=done)
        self.view.setVisible(self.model.count() > 0)
        self.view.setColumnHidden(LossColumn.SIZE, not damage.lost)  # known of those only

    def as_text(self) -> str:
        """For the clipboard."""
        lines = [f"{self.title.text()}. {self.meaning.text()}"]
        for name, value in self.facts:
            if not name.isHidden():
                lines.append(f"{name.text()}: {value.text()}")
        return "\n".join([*lines, self.model.as_text()]).rstrip()
