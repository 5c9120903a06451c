"""Asks whether a job may go past a safety limit."""

import os

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from zpack.errors import shown
from zpack.jobs import Answer, Choice, Limit, LimitQuestion
from zpack_gui.dialogs.question_dialog import QuestionDialog
from zpack_gui.look.wording import words


class _Texts(QObject):
    """What the dialog says."""

    def title(self, question: LimitQuestion) -> str:
        if question.limit is Limit.SPACE:
            return self.tr("There may not be enough room")
        name = shown(os.path.basename(question.path))
        return words.fill(self.tr("%1 goes past a safety limit"), name)

    def text(self, question: LimitQuestion) -> str:
        wanted, most = question.wanted, question.most
        match question.limit:
            case Limit.SIZE:
                text = self.tr("It holds %1 or more. Archives rarely hold more than %2.")
                return words.fill(text, words.size(wanted), words.size(most))
            case Limit.RATIO:
                text = self.tr("It becomes %1 times as large, as if it were made to fill a disk.")
                return words.fill(text, words.number(wanted))
            case Limit.ENTRIES:
                text = self.tr("It has %1 entries or more. Going on may take long.")
                return words.fill(text, words.number(wanted))
            case Limit.MEMORY:
                text = self.tr("Its list alone takes more than %1 of memory.")
                return words.fill(text, words.size(most))
            case Limit.TIME:
                text = self.tr("This one file has taken %1 hours so far.")
                return words.fill(text, words.number(wanted // 3600))
            case Limit.SPACE:
                text = self.tr("The files need %1; the disk has %2 free.")
                return words.fill(text, words.size(wanted), words.size(most))

    def go_on(self) -> str:
        return self.tr("&Go on")

    def stop(self) -> str:
        return self.tr("&Stop")


class LimitDialog(QuestionDialog):
    """For one job's question; other jobs and the window go on. ``answered`` brings an ``Answer``;
    Escape refuses."""

    answered = Signal(object)

    def __init__(self, question: LimitQuestion, parent: QWidget | None = None) -> None:
        texts = _Texts()
        title, text = texts.title(question), texts.text(question)
        super().__init__(title, text, texts.go_on(), texts.stop(), parent)
        self.setModal(False)
        self._told = False
        self.accepted.connect(self._allow)
        self.rejected.connect(self._refuse)

    @Slot()
    def _allow(self) -> None:
        self._tell(Choice.ALLOW)

    @Slot()
    def _refuse(self) -> None:
        self._tell(Choice.REFUSE)

    def _tell(self, choice: Choice) -> None:
        if not self._told:
            self._told = True
            self.answered.emit(Answer(choice))

    def withdraw(self) -> None:
        """The job no longer asks: it was cancelled."""
        self._told = True
        self.close()
