"""Asks how large a recovery record the open archive should get."""

import os

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from zpack.errors import shown
from zpack.operations import AddRecoveryRequest
from zpack_gui.dialogs.sheet import Sheet
from zpack_gui.look.wording import words
from zpack_gui.widgets.basics import heading, label
from zpack_gui.widgets.form import Form
from zpack_gui.widgets.recovery_choice import USUAL, RecoveryChoice


class AddRecoveryDialog(Sheet):
    """``wanted`` brings an ``AddRecoveryRequest``. ``size`` is the archive's, in bytes, and
    ``percent`` that of the record that it has, 0 without one."""

    wanted = Signal(object)

    def __init__(
        self, archive: str, size: int, percent: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add recovery record"))
        self._archive, self._percent = archive, percent
        # What it has is part of its size, and goes.
        self._bare = size * 100 // (100 + percent)
        name = shown(os.path.basename(archive))
        self.title = heading(words.fill(self.tr("Add a recovery record to %1"), name))
        self.title.setWordWrap(True)
        self.choice = RecoveryChoice(optional=False)
        self.choice.choose(percent or USUAL)
        self.cost = label(role="muted", wrap=True)
        self._lay_out()
        self.choice.changed.connect(self._tell_cost)
        self.add_main_button.clicked.connect(self._add)
        self._tell_cost()
        self.choice.setFocus()
        self.be_at_least(520)

    def _lay_out(self) -> None:
        form = Form()
        form.add(self.tr("&Size"), self.choice)
        form.add("", self.cost)
        self.body.addWidget(self.title)
        self.body.addWidget(label(self._what_it_does(), wrap=True))
        self.body.addLayout(form)
        self.body.addStretch()
        self.foot.addStretch()
        self.add_cancel()
        self.add_main_button = self.add_main(self.tr("Add"))

    def _what_it_does(self) -> str:
        text = self.tr(
            "If a part of the archive is damaged or lost later on, it comes back from the record, "
            "byte for byte. Other programs open the archive as before."
        )
        if not self._percent:
            return text
        has = self.tr("It has a record of %1 % now, which the new one replaces.")
        return f"{text} {words.fill(has, words.number(self._percent))}"

    @Slot()
    def _tell_cost(self) -> None:
        record = self._bare * (self.choice.percent() or 0) // 100
        text = self.tr(
            "Takes about %1. The archive is verified first, and replaced only once the new one is "
            "proven."
        )
        self.cost.setText(words.fill(text, words.size(record)))

    @Slot()
    def _add(self) -> None:
        request = AddRecoveryRequest(self._archive, self.choice.percent() or USUAL)
        self.accept()
        self.wanted.emit(request)
