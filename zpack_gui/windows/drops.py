"""Drops on the window: what they will do is said while they hang, and done when they fall."""

import os

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from zpack.errors import FormatNotRead, shown
from zpack_gui.dialogs.question_dialog import QuestionDialog
from zpack_gui.look.wording import words
from zpack_gui.models.dropped import Dropped, Meaning, local_paths, understand
from zpack_gui.widgets.drop_area import DropArea, DropOverlay


class Drops(QObject):
    """``open_wanted`` brings a path, ``create_wanted`` a tuple of them."""

    open_wanted = Signal(str)
    create_wanted = Signal(tuple)

    def __init__(self, start_area: DropArea, covered: QWidget, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._start_area = start_area
        self._overlay = DropOverlay(covered)

    def enter(self, event: QDragEnterEvent) -> None:
        """Something came over the window."""
        paths = local_paths(event.mimeData())
        if not paths:
            event.ignore()
            return
        event.acceptProposedAction()
        self._announce(understand(paths))

    def leave(self) -> None:
        """It is gone."""
        self._start_area.say_what_belongs_here()
        self._overlay.hide()

    def drop(self, event: QDropEvent) -> None:
        """It fell."""
        self.leave()
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.take(paths)

    def take(self, paths: tuple[str, ...]) -> None:
        """Do what these files mean; also for files named when the program is started."""
        dropped = understand(paths)
        if dropped.meaning == Meaning.OPEN:
            self.open_wanted.emit(dropped.paths[0])
        elif dropped.meaning == Meaning.FOREIGN:
            self._say_foreign(dropped)
        else:
            self.create_wanted.emit(dropped.paths)

    def _announce(self, dropped: Dropped) -> None:
        if self._start_area.isVisible():
            area = self._start_area
        else:
            area = self._overlay
            self._overlay.cover()
        icon = "open" if dropped.meaning == Meaning.OPEN else "compress"
        area.say_what_a_drop_does(self._promise(dropped), icon)

    def _promise(self, dropped: Dropped) -> str:
        name = shown(os.path.basename(dropped.paths[0]))
        if dropped.meaning == Meaning.OPEN:
            return words.fill(self.tr("Open %1"), name)
        count = len(dropped.paths)
        if count == 1:
            return words.fill(self.tr("Compress %1"), name)
        if dropped.folders == count:
            return words.fill(self.tr("Compress %1"), words.folders(count))
        if dropped.folders == 0:
            return words.fill(self.tr("Compress %1"), words.files(count))
        return words.fill(self.tr("Compress %1"), words.items(count))

    def _say_foreign(self, dropped: Dropped) -> None:
        error = FormatNotRead(dropped.paths[0], dropped.format_title)
        question = QuestionDialog(
            error.title,
            words.fill(
                self.tr("%1 Use another program to open it, or compress it like any other file."),
                error.details,
            ),
            self.tr("Compress it…"),
            self.tr("Cancel"),
            self._window,
            icon=("info", "accent"),
        )
        question.accepted.connect(lambda: self.create_wanted.emit(dropped.paths))
        question.open()
