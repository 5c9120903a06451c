"""The integrity map with what its colours mean, and what is at the cell pointed at."""

import os
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from zpack.errors import shown
from zpack.jobs import PartState
from zpack_gui.look.wording import words
from zpack_gui.models.frame_cells import Cell
from zpack_gui.models.verification import Verification
from zpack_gui.widgets.basics import ElidedLabel, button, label
from zpack_gui.widgets.integrity_map import IntegrityMap, cell_colour
from zpack_gui.widgets.map_words import MapWords, map_words

_SWATCH = 10
_LEGEND = (
    (PartState.GOOD, Cell.GOOD),
    (PartState.REPAIRED, Cell.REPAIRED),
    (PartState.DAMAGED, Cell.DAMAGED),
    (PartState.WAITING, Cell.WAITING),
)
_WORST = (PartState.DAMAGED, PartState.REPAIRED, PartState.WAITING)


class _LegendEntry(QWidget):
    """A colour, and what it means."""

    def __init__(self) -> None:
        super().__init__()
        self._swatch = QLabel()
        self._swatch.setFixedSize(QSize(_SWATCH, _SWATCH))
        self.text = label(role="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._swatch, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text)

    def show_entry(self, ground: QColor, text: str) -> None:
        """Others than before."""
        self._swatch.setPixmap(_swatch(ground))
        self.text.setText(text)


class MapPanel(QWidget):
    """Shows one :class:`Verification`. Hidden while nothing is known of frames."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: Verification | None = None
        self._good = "good"
        self._words = map_words
        self.map = IntegrityMap()
        self.where = ElidedLabel("", "muted")
        self.inside = ElidedLabel("", "muted")
        self.next_button = button(self.tr("Next damage"), small=True)
        self.legend = {state: _LegendEntry() for state, _ in _LEGEND}
        self._lay_out()
        self.map.pointed.connect(self._tell)
        self.next_button.clicked.connect(self.map.go_to_damage)
        self.hide()

    def _lay_out(self) -> None:
        legend = QHBoxLayout()
        legend.setSpacing(16)
        for entry in self.legend.values():
            legend.addWidget(entry)
        legend.addStretch()
        legend.addWidget(self.next_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.map)
        column.addLayout(legend)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.where)
        texts.addWidget(self.inside)
        column.addLayout(texts)

    def show_verification(self, known: Verification, texts: MapWords | None = None) -> None:
        """Show it as it is now, in these words."""
        self._known = known
        self._words = texts or self._words
        proving = known.places is not None and known.places.proving
        self._good = "good" if proving else "muted"  # green is only what is proven
        self.setVisible(known.places is not None)
        self.map.show_states(known.states, self._good)
        self._show_counts()
        self._tell(None)

    def look_at(self, frames: Iterable[int]) -> None:
        """The states of these frames have changed."""
        self.map.look_at(frames)
        self._show_counts()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours, after the theme has changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_counts()

    def _show_counts(self) -> None:
        if self._known is None:
            return
        for state, cell in _LEGEND:
            count = self._known.states.count(state)
            text = self._words.legend(state, proving=self._good == "good")
            text = words.fill(text, words.number(count))
            self.legend[state].show_entry(cell_colour(cell, self._good), text)
            self.legend[state].setVisible(bool(count))
        self.next_button.setVisible(PartState.DAMAGED in self._known.states)

    @Slot(object)
    def _tell(self, frames: range | None) -> None:
        """What is at the cell, for eyes and for screen readers."""
        if frames is None or self._known is None or self._known.places is None:
            parts = self.tr("Each square is a piece of the archive."), self._what_pointing_does()
        else:
            parts = self._where(frames), self._inside(frames)
        self.where.setText(parts[0])
        self.inside.setText(parts[1])
        self.map.setAccessibleDescription(" ".join(parts))

    def _what_pointing_does(self) -> str:
        return self.tr("Point at one, or use the arrow keys, to see what is in it.")

    def _where(self, frames: range) -> str:
        assert self._known is not None
        begin, end = self._known.bytes_of(frames)
        first, last = words.number(frames.start + 1), words.number(frames.stop)
        total = words.number(len(self._known.states))
        which = (
            words.fill(self.tr("Piece %1 of %2"), first, total)
            if len(frames) == 1
            else words.fill(self.tr("Pieces %1 to %2 of %3"), first, last, total)
        )
        place = self.tr("bytes %1 to %2 of the archive")
        place = words.fill(place, words.number(begin), words.number(max(begin, end - 1)))
        return f"{which}: {self._state(frames)}, {place}"

    def _state(self, frames: range) -> str:
        assert self._known is not None
        states = self._known.states[frames.start : frames.stop]
        worst = next((each for each in _WORST if each in states), PartState.GOOD)
        return self._words.state(worst, proving=self._good == "good")

    def _inside(self, frames: range) -> str:
        assert self._known is not None
        count, rows = self._known.entries_in(frames)
        listing = self._known.listing
        if not count or listing is None:
            return self.tr("No files are in it.")
        named = ", ".join(shown(os.fsdecode(listing.path(row)) or "/") for row in rows)
        if count <= len(rows):
            return words.fill(self.tr("In it: %1"), named)
        more = words.number(count - len(rows))
        return words.fill(self.tr("In it: %1 and %2 more"), named, more)


def _swatch(ground: QColor) -> QPixmap:
    made = QPixmap(_SWATCH, _SWATCH)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.fillRect(made.rect(), ground)
    painter.end()
    return made
