"""What was repaired, what is lost, and what to do next."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from zpack.errors import shown
from zpack.operations import RepairReport
from zpack_gui.dialogs.sheet import Sheet
from zpack_gui.look.wording import plain_tooltip, words
from zpack_gui.models.verification import Verification
from zpack_gui.widgets.basics import ElidedLabel
from zpack_gui.widgets.damage_summary import DamageSummary

_WIDTH, _HEIGHT = 900, 560


class RepairReportDialog(Sheet):
    """``open_wanted`` and ``verify_wanted`` bring the path of the repaired archive. Not modal."""

    open_wanted = Signal(str)
    verify_wanted = Signal(str)

    def __init__(
        self,
        report: RepairReport,
        known: Verification,
        copies: int,
        partial: str | None,
        parent: QWidget | None = None,
    ) -> None:
        """``partial`` is where what is left of lost files is, if that was wanted."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report of the repair"))
        self._report = report
        self._partial = partial if report.partial else None
        self.summary = DamageSummary(report.damage.archive)
        self.summary.show_damage(report.damage, known, copies, done=True)
        self.places = [ElidedLabel(text, "muted") for text in self._places()]
        self._lay_out()
        listed = self.summary.view.isVisibleTo(self)
        self.resize(_WIDTH, max(_HEIGHT if listed else 0, self.sizeHint().height()))

    def _places(self) -> list[str]:
        texts = [words.fill(self.tr("Repaired archive: %1"), shown(self._report.target))]
        if self._partial is not None:
            count = self._report.partial
            left = self.tr("What is left of %n file(s)", "", count)
            texts.append(f"{words.counted(left, count)}: {shown(self._partial)}")
        return texts

    def _lay_out(self) -> None:
        self.body.addWidget(self.summary, 1)
        for each in self.places:
            each.setToolTip(plain_tooltip(each.text()))
            self.body.addWidget(each)
        self.body.addStretch()
        self.copy_button = self.add_button(self.tr("Copy report"), "copy")
        self.copy_button.clicked.connect(self._copy)
        self.foot.addStretch()
        self.close_button = self.add_button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.verify_button = self.add_button(self.tr("Verify"), "verify")
        self.verify_button.clicked.connect(self._verify)
        self.open_button = self.add_main(self.tr("Open repaired archive"))
        self.open_button.clicked.connect(self._open)

    @Slot()
    def _open(self) -> None:
        self.accept()
        self.open_wanted.emit(self._report.target)

    @Slot()
    def _verify(self) -> None:
        self.accept()
        self.verify_wanted.emit(self._report.target)

    @Slot()
    def _copy(self) -> None:
        lines = [shown(self._report.damage.archive), *(each.text() for each in self.places)]
        QGuiApplication.clipboard().setText("\n".join([*lines, self.summary.as_text()]))
