"""Asks what to repair an archive from and to; says before what will come back and what won't."""

import os

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from zpack.errors import shown
from zpack.operations import AssessDamageRequest, DamageReport, Remedy, RepairRequest
from zpack_gui.dialogs.repaired_name import is_one_of, suggested_in, suggested_repaired
from zpack_gui.dialogs.replace_dialog import ReplaceDialog
from zpack_gui.dialogs.sheet import Sheet
from zpack_gui.jobs.tracked_job import TrackedJob
from zpack_gui.look.wording import shown_lines, words
from zpack_gui.models.verification import Verification
from zpack_gui.widgets.basics import ElidedLabel, label
from zpack_gui.widgets.damage_summary import DamageSummary
from zpack_gui.widgets.job_words import job_words
from zpack_gui.widgets.repair_target import RepairTarget

_WIDTH, _HEIGHT = 900, 620


class RepairDialog(Sheet):
    """``assessment_wanted`` brings an ``AssessDamageRequest``, whose job is then to be given to
    :meth:`follow`; ``wanted`` a ``RepairRequest``. Not modal: looking may take long."""

    assessment_wanted = Signal(object)
    wanted = Signal(object)

    def __init__(
        self, damaged: str, copies: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Repair"))
        self._damaged, self._copies = damaged, copies
        self._job: TrackedJob | None = None
        self._damage: DamageReport | None = None
        self.summary = DamageSummary(damaged)
        self.copies = ElidedLabel("", "muted")
        self.target = RepairTarget()
        self.target.set_path(suggested_repaired(damaged, self.tr("repaired")))
        self.fault = label(role="bad", wrap=True)
        self._lay_out()
        self._connect()
        self._show_copies()
        self._look_busy()
        self.resize(_WIDTH, self.sizeHint().height())

    def _lay_out(self) -> None:
        self.body.addWidget(self.summary, 1)
        self.body.addWidget(self.copies)
        self.body.addWidget(self.target)
        self.body.addWidget(self.fault)
        self.body.addStretch()
        self.copy_button = self.add_button(self.tr("Copy report"), "copy")
        self.add_copy_button = self.add_button(self.tr("Add another copy…"), "plus")
        self.add_copy_button.setToolTip(
            self.tr("Copies of the archive that are damaged in other places complement each other")
        )
        self.again_button = self.add_button(self.tr("Try again"), "reload")
        self.forget_button = self.add_button(self.tr("Without the copies"))
        self.foot.addStretch()
        self.cancel_button = self.add_cancel()
        self.repair_button = self.add_main(self.tr("Repair"))

    def _connect(self) -> None:
        self.copy_button.clicked.connect(self._copy)
        self.add_copy_button.clicked.connect(self._choose_copies)
        self.again_button.clicked.connect(self.look)
        self.forget_button.clicked.connect(self._forget_copies)
        self.repair_button.clicked.connect(self._repair)
        self.target.changed.connect(self._check)

    def show_request(self, request: RepairRequest) -> None:
        """Ask again what was asked before."""
        self.target.set_path(request.target)
        self.target.keep_partial.setChecked(request.partial is not None)

    # Looking

    @Slot()
    def look(self) -> None:
        """Begin to look at what there is."""
        self._give_up()
        self._damage = None
        self._look_busy()
        self.assessment_wanted.emit(AssessDamageRequest(self._damaged, self._copies))

    def follow(self, job: TrackedJob) -> None:
        """It is looked at."""
        self._job = job
        job.sampled.connect(self._take_sample)
        job.ended.connect(self._end)
        self._take_sample()

    def _give_up(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    @Slot()
    def _take_sample(self) -> None:
        job = self._job
        if job is not None and job.running:
            self.summary.show_looking(job.permille, job_words.standing(job))

    @Slot()
    def _end(self) -> None:
        job = self._job
        if job is None or self.sender() is not job:
            return  # another has begun since
        self._job = None
        report, error = job.worker.report, job.worker.error
        if isinstance(report, DamageReport):
            self._show(report, Verification.of(job.worker))
        elif error is not None:
            text = "\n".join(part for part in (error.details, error.hint) if part)
            self._show_failure(error.title, shown_lines(text))
        else:
            self._show_failure(self.tr("It was not looked at to the end"), "")

    # What is shown

    def _look_busy(self) -> None:
        self.summary.show_looking(None, self.tr("Looking for damage…"))
        self._offer_nothing()
        self.copy_button.hide()
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setFocus()

    def _show_failure(self, title: str, text: str) -> None:
        self.summary.show_failure(title, text)
        self._offer_nothing()
        self.again_button.show()
        self.cancel_button.setText(self.tr("Close"))

    def _offer_nothing(self) -> None:
        self.again_button.hide()
        self.target.hide()
        self.fault.hide()
        self.repair_button.hide()

    def _show(self, damage: DamageReport, known: Verification) -> None:
        self._damage = damage
        self.summary.show_damage(damage, known, len(self._copies), done=False)
        self.copy_button.show()
        repairable = damage.remedy in (Remedy.RESTORED, Remedy.SALVAGED)
        # Of files in damaged parts something may be left, even if none of them is whole.
        partial = bool(damage.lost)
        self.target.offer_partial(partial)
        self.target.setVisible(repairable or partial)
        self.repair_button.setVisible(repairable or partial)
        self.cancel_button.setText(self.tr("Cancel") if repairable or partial else self.tr("Close"))
        self._check()
        if repairable:
            self.repair_button.setFocus()
        elif damage.remedy is Remedy.NONE_NEEDED:
            self.cancel_button.setFocus()
        else:
            self.add_copy_button.setFocus()
        self.resize(self.width(), max(self.height(), self._wanted_height()))

    def _wanted_height(self) -> int:
        listed = self.summary.view.isVisibleTo(self)
        return max(_HEIGHT if listed else 0, self.sizeHint().height())

    @Slot()
    def _check(self) -> None:
        path = self.target.path()
        taken = bool(path) and is_one_of(path, (self._damaged, *self._copies))
        self.fault.setText(
            self.tr("The damaged archive stays as it is: choose another name for the repaired one.")
        )
        self.fault.setVisible(taken)
        ready = bool(path) and not taken and self._damage is not None
        if self._damage is not None and self._damage.remedy is Remedy.HOPELESS:
            ready = ready and self.target.keep_partial.isChecked()
        self.repair_button.setEnabled(ready)

    # Copies

    def _show_copies(self) -> None:
        self.copies.setVisible(bool(self._copies))
        self.forget_button.setVisible(bool(self._copies))
        names = ", ".join(shown(os.path.basename(path)) for path in self._copies)
        self.copies.setText(words.fill(self.tr("Together with %1"), names))
        self.copies.setToolTip("\n".join(map(shown, self._copies)))

    @Slot()
    def _choose_copies(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Add another copy"), os.path.dirname(self._damaged)
        )
        self.add_copies(tuple(chosen))

    def add_copies(self, paths: tuple[str, ...]) -> None:
        """Look at these, too."""
        known = (self._damaged, *self._copies)
        new = tuple(path for path in dict.fromkeys(paths) if not is_one_of(path, known))
        if new:
            self._copies += new
            self._show_copies()
            self.look()

    @Slot()
    def _forget_copies(self) -> None:
        self._copies = ()
        self._show_copies()
        self.look()

    # Doing it

    @Slot()
    def _copy(self) -> None:
        text = f"{shown(self._damaged)}\n{self.summary.as_text()}"
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def _repair(self) -> None:
        if os.path.lexists(self.target.path()):
            self._ask_to_replace()
        else:
            self._want(overwrite=False)

    def _ask_to_replace(self) -> None:
        text = self.tr("A file of that name exists. It stays until the repaired archive is whole.")
        question = ReplaceDialog(self.target.path(), text, self)
        question.accepted.connect(lambda: self._want(overwrite=True))
        question.open()

    def _want(self, *, overwrite: bool) -> None:
        path, partial = self.target.path(), None
        if self.target.keep_partial.isChecked():
            folder = os.path.dirname(path)
            partial = suggested_in(folder, self._damaged, self.tr("parts"))
        request = RepairRequest(
            damaged=self._damaged,
            target=path,
            copies=self._copies,
            overwrite=overwrite,
            partial=partial,
        )
        self.accept()
        self.wanted.emit(request)

    def done(self, result: int) -> None:
        """However it is closed, nobody needs to look any more."""
        self._give_up()
        super().done(result)
