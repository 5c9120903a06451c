"""The archives opened last, and what is known of each."""

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zpack.errors import shown
from zpack_gui.look.wording import plain_tooltip
from zpack_gui.models.recents import RecentArchive, RecentArchives, identity
from zpack_gui.widgets.archive_status import PROOF_LOOKS
from zpack_gui.widgets.basics import ElidedLabel, icon_label, label
from zpack_gui.widgets.proof_line import proof_line

_SHOWN = 5


class RecentRow(QPushButton):
    """One archive: name and place to the left, what is known of it to the right."""

    def __init__(self, archive: RecentArchive, known: str, role: str) -> None:
        super().__init__()
        self.path = archive.path
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setProperty("card", "recent")
        name = shown(os.path.basename(archive.path))
        self.setAccessibleName(f"{name}, {known}")
        self.setToolTip(plain_tooltip(shown(archive.path)))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(ElidedLabel(name))
        texts.addWidget(ElidedLabel(_place(archive.path), "muted"))
        state = label(known, role)
        state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(12)
        row.addWidget(icon_label("file-archive", "muted", 20))
        row.addLayout(texts, 1)
        row.addWidget(state)


class RecentList(QFrame):
    """``chosen`` brings a path. Nothing is shown while nothing was opened."""

    chosen = Signal(str)

    def __init__(self, recents: RecentArchives, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recents = recents
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._rows: list[QWidget] = []
        self._most = _SHOWN
        recents.changed.connect(self.renew)
        self.renew()

    def renew(self) -> None:
        """Read what is remembered anew."""
        for old in self._rows:
            old.hide()
            old.deleteLater()
        found = [(each, identity(each.path)) for each in self._recents.all()]
        there = [each for each, now in found if now is not None]
        self._rows = [*map(self._row, there[:_SHOWN])]
        if self._rows:
            title = label(self.tr("Recent"), "title")
            title.setContentsMargins(12, 0, 0, 4)
            self._rows.insert(0, title)
        for row in self._rows:
            self._column.addWidget(row)
        self.show_at_most(self._most)

    def show_at_most(self, count: int) -> None:
        """Only so many archives, the latest; the title goes with the last."""
        self._most = count
        for number, row in enumerate(self._rows):
            row.setVisible(number <= count)
        self.setVisible(count > 0 and bool(self._rows))

    def rows(self) -> list[RecentRow]:
        """The archives' buttons."""
        return [row for row in self._rows if isinstance(row, RecentRow)]

    def _row(self, archive: RecentArchive) -> RecentRow:
        row = RecentRow(archive, *self._known(archive))
        row.clicked.connect(self._choose)
        return row

    def _known(self, archive: RecentArchive) -> tuple[str, str]:
        if not archive.verified:
            return self.tr("Not verified yet"), "muted"
        finding = archive.finding(identity(archive.path))
        if finding is None:
            return self.tr("Changed since it was verified"), "muted"
        text = proof_line.text(finding, archive.verified, archive.intact, quick=archive.quick)
        return text, PROOF_LOOKS[finding][1]

    def _choose(self) -> None:
        sender = self.sender()
        if isinstance(sender, RecentRow):
            self.chosen.emit(sender.path)


def _place(path: str) -> str:
    folder, home = os.path.dirname(path), str(Path.home())
    if folder == home or folder.startswith(home + os.sep):
        folder = "~" + folder[len(home) :]
    return shown(folder)
