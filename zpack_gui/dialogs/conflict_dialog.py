"""Asks what to do about a file that exists already: both sides, and what can be done."""

import os

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zpack.errors import shown
from zpack.jobs import Answer, Choice, Conflict
from zpack_gui.dialogs.sheet import Sheet
from zpack_gui.look.wording import words
from zpack_gui.widgets.basics import ElidedLabel, heading, label

_SECOND = 1_000_000_000


class ConflictDialog(Sheet):
    """For one job's question; other jobs and the window go on. ``answered`` brings an ``Answer``;
    Escape skips the file. ``cancel_wanted`` gives the whole job up."""

    answered = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, conflict: Conflict, destination: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("File exists already"))
        self.setModal(False)
        self._conflict = conflict
        self._path = os.path.join(destination, conflict.path)
        self._told = False
        self.for_all = QCheckBox(self.tr("&Do this for all"))
        self._add_texts()
        self._add_sides()
        self.body.addWidget(self.for_all)
        self._add_buttons()
        self.be_at_least(560)

    def _add_texts(self) -> None:
        name = shown(os.path.basename(self._path))
        title = heading(words.fill(self.tr("%1 exists already"), name))
        title.setWordWrap(True)
        place = ElidedLabel(shown(os.path.dirname(self._path)), "muted")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(title)
        texts.addWidget(place)
        self.body.addLayout(texts)

    def _add_sides(self) -> None:
        conflict = self._conflict
        newer = conflict.new_mtime - conflict.old_mtime
        row = QHBoxLayout()
        row.setSpacing(12)
        for title, size, mtime, later in (
            (self.tr("There now"), conflict.old_size, conflict.old_mtime, newer < 0),
            (self.tr("In the archive"), conflict.new_size, conflict.new_mtime, newer > 0),
        ):
            row.addWidget(self._side(title, size, mtime, later), 1)
        self.body.addLayout(row)
        self.content = label(self._content_words(), "muted")
        self.body.addWidget(self.content)

    def _content_words(self) -> str:
        if self._conflict.same_content is False:
            return self.tr("Their contents differ.")
        return self.tr("Nothing tells whether their contents are the same.")

    def _side(self, title: str, size: int, mtime: int, later: bool) -> QFrame:
        made = QFrame()
        made.setProperty("role", "card")
        grid = QGridLayout(made)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(title, "title"), 0, 0, 1, 2)
        grid.addWidget(label(self.tr("Size"), "muted"), 1, 0)
        grid.addWidget(label(_both_sizes(size)), 1, 1)
        grid.addWidget(label(self.tr("Modified"), "muted"), 2, 0)
        when = words.moment(mtime // _SECOND)
        text = words.fill(self.tr("%1 (newer)"), when) if later else when
        grid.addWidget(label(text), 2, 1)
        return made

    def _add_buttons(self) -> None:
        self.buttons = {}
        self.cancel_button = self.add_button("")
        self.cancel_button.setText(self.tr("&Cancel extraction"))
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.foot.addSpacing(24)
        self.foot.addStretch()
        for choice, text in (
            (Choice.OVERWRITE, self.tr("Over&write")),
            (Choice.NEWER, self.tr("Overwrite if &older")),
            (Choice.RENAME, self.tr("Keep &both")),
        ):
            self.buttons[choice] = self.add_button("")
            self.buttons[choice].setText(text)
        self.buttons[Choice.SKIP] = self.add_main("")
        self.buttons[Choice.SKIP].setText(self.tr("&Skip"))
        for choice, made in self.buttons.items():
            made.setProperty("choice", choice.value)
            made.clicked.connect(self._choose)

    @Slot()
    def _choose(self) -> None:
        self._tell(Choice(self.sender().property("choice")))
        self.accept()

    def reject(self) -> None:
        """Escape, or the window's close button: the harmless choice."""
        self._tell(Choice.SKIP)
        super().reject()

    def _tell(self, choice: Choice) -> None:
        if not self._told:
            self._told = True
            self.answered.emit(Answer(choice, self.for_all.isChecked()))

    def withdraw(self) -> None:
        """The job no longer asks: it was cancelled."""
        self._told = True
        self.close()


def _both_sizes(size: int) -> str:
    rough, exact = words.size(size), words.exact_size(size)
    return exact if size < 1000 else f"{rough} ({exact})"
