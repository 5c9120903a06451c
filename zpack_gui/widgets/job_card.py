"""One job in the panel: what it does, how far it is, and in the end what came of it."""

import os
from collections import defaultdict
from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from zpack.entries import Listing
from zpack.errors import Explanation
from zpack.jobs import JobState, Sample
from zpack.operations import (
    CreateReport,
    ExtractReport,
    ExtractRequest,
    RepairReport,
    VerifyReport,
    VerifyRequest,
)
from zpack_gui.jobs.tracked_job import TrackedJob
from zpack_gui.look.icons import set_icon, set_label_icon
from zpack_gui.look.wording import plain_tooltip
from zpack_gui.models.job_cells import Verb
from zpack_gui.models.job_items_model import JobItemsModel, Shown
from zpack_gui.widgets.basics import (
    ElidedLabel,
    button,
    icon_button,
    icon_label,
    name_button,
    set_look,
    show_permille,
)
from zpack_gui.widgets.job_files import JobFiles
from zpack_gui.widgets.job_words import job_words, verb_of

_RUNNING_ICONS = {
    Verb.CREATE: "compress",
    Verb.EXTRACT: "extract",
    Verb.VERIFY: "verify",
    Verb.CHECK: "verify",
    Verb.REPAIR: "repair",
    Verb.PROTECT: "shield",
}
_ENDED_ICONS = {
    "good": ("check-circle", "good"),
    "info": ("info", "muted"),
    "attention": ("alert", "attention"),
    "bad": ("error", "bad"),
}
_FILES_HEIGHT = 204
_MANY_NAMES = 200  # from here on, going through a folder is quicker than looking up each


class Wish(Enum):
    """What a card's buttons ask the window for."""

    OPEN_ARCHIVE = "open archive"
    OPEN_FOLDER = "open folder"
    SHOW_REPORT = "show report"
    DETAILS = "details"
    TRY_AGAIN = "try again"
    VERIFY = "verify"
    REPAIR = "repair"


class JobCard(QFrame):
    """GUI thread only. ``wished`` brings the card and a :class:`Wish`."""

    wished = Signal(object, object)
    dismissed = Signal(object)
    files_toggled = Signal(bool)
    resized = Signal()

    def __init__(self, job: TrackedJob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.job = job
        # The others learn of files only in the end, or never.
        self._has_files = verb_of(job) not in (Verb.REPAIR, Verb.PROTECT)
        self.model = JobItemsModel(verb_of(job), self)
        self.files = JobFiles(self.model)
        self.files.setMinimumHeight(_FILES_HEIGHT)
        self.files.hide()
        self._icon = icon_label(_RUNNING_ICONS[verb_of(job)], "accent", 22)
        self.title = ElidedLabel(job_words.title(job), "title")
        self.text = ElidedLabel("", "muted")
        self.bar = QProgressBar()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._look_busy()
        self._offer_map()

    def _make_buttons(self) -> None:
        self.pause_button = icon_button("pause", self.tr("Pause"))
        self.cancel_button = icon_button("stop", self.tr("Cancel"))
        self.files_button = icon_button("chevron-down", self.tr("Show each file"))
        self.dismiss_button = icon_button("close", self.tr("Dismiss this result"))
        self.files_button.setVisible(self._has_files)
        self.dismiss_button.hide()
        self._results = QHBoxLayout()
        self._results.setSpacing(8)
        self._offered: list[QPushButton] = []

    def _lay_out(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.tr("Progress of the job"))
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self.title)
        texts.addWidget(self.bar)
        texts.addWidget(self.text)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        row.addLayout(self._results)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for made in (
            self.pause_button,
            self.cancel_button,
            self.files_button,
            self.dismiss_button,
        ):
            buttons.addWidget(made)
        row.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.files, 1)

    def _connect(self) -> None:
        self.pause_button.clicked.connect(self.job.toggle_pause)
        self.cancel_button.clicked.connect(self.job.cancel)
        self.files_button.clicked.connect(self.toggle_files)
        self.dismiss_button.clicked.connect(self._dismiss)
        self.job.items_known.connect(self._take_items)
        self.job.sampled.connect(self._take)
        self.job.pause_changed.connect(self._look_busy)
        self.job.ended.connect(self._end)

    @Slot()
    def toggle_files(self) -> None:
        """Show or hide the table."""
        self.show_files(self.files.isHidden())
        self.files_toggled.emit(not self.files.isHidden())

    def show_files(self, on: bool) -> None:
        """Show the table, if there is anything in it yet, or not."""
        on = on and (self._has_files or self.model.total() > 0)
        self.files.setVisible(on)
        set_icon(self.files_button, "chevron-up" if on else "chevron-down")
        name_button(
            self.files_button, self.tr("Hide the files") if on else self.tr("Show each file")
        )
        self.resized.emit()

    @Slot()
    def _take_items(self) -> None:
        listing = self.job.worker.items
        if listing is None:
            return
        parts = None
        if isinstance(self.job.request, ExtractRequest) and self.job.request.members:
            parts = members_rows(listing, self.job.request.members)
        self.model.set_items(listing, self.job.worker.outcomes, parts)
        self.files_button.show()

    @Slot(object)
    def _take(self, sample: Sample) -> None:
        self.model.take(sample)
        show_permille(self.bar, self.job.permille)
        self.text.setText(job_words.standing(self.job))
        if self.files.isVisible():
            self.files.tell_counts(sample.items_done)

    @Slot()
    def _look_busy(self) -> None:
        paused = self.job.worker.paused
        set_icon(self.pause_button, "play" if paused else "pause")
        name_button(self.pause_button, self.tr("Resume") if paused else self.tr("Pause"))
        set_look(self.bar, "state", "held" if paused or self.job.stopping else "")
        self.cancel_button.setEnabled(not self.job.stopping)
        self.pause_button.setEnabled(not self.job.stopping)
        self.text.setText(job_words.standing(self.job))

    @Slot()
    def _end(self) -> None:
        self.model.end()
        tone, title, text = job_words.result(self.job)
        set_label_icon(self._icon, *_ENDED_ICONS[tone], 22)
        self.title.setText(title)
        self.text.setText(text)
        self.text.setToolTip(plain_tooltip(text))
        for gone in (self.bar, self.pause_button, self.cancel_button):
            gone.hide()
        self.dismiss_button.show()
        problems = self._problems()
        self.files.set_reasons(problems)
        if problems:
            self.show_files(True)
        elif verb_of(self.job) == Verb.REPAIR and self.model.problem_count():
            self.files.show_files(Shown.PROBLEMS)
            self.show_files(True)
        if not self.model.total():
            self.files_button.hide()
            self.show_files(False)
        self._offer()
        self.resized.emit()

    def _problems(self) -> tuple[Explanation, ...]:
        report = self.job.worker.report
        told = report.damage if isinstance(report, RepairReport) else report
        return getattr(told, "problems", ())

    def _offer_map(self) -> None:
        """While it runs; its report has the map afterwards."""
        if isinstance(self.job.request, VerifyRequest):
            self._add(self.tr("Show map"), Wish.SHOW_REPORT)

    def _offer(self) -> None:
        for old in self._offered:
            old.deleteLater()
        self._offered.clear()
        report = self.job.worker.report
        if isinstance(report, CreateReport):
            self._add(self.tr("Open archive"), Wish.OPEN_ARCHIVE)
            self._add(self.tr("Open folder"), Wish.OPEN_FOLDER)
        elif isinstance(report, ExtractReport):
            self._add(self.tr("Open folder"), Wish.OPEN_FOLDER)
        elif isinstance(report, VerifyReport):
            self._add(self.tr("Show report"), Wish.SHOW_REPORT)
        elif isinstance(report, RepairReport):
            self._add(self.tr("Show report"), Wish.SHOW_REPORT)
            self._add(self.tr("Open repaired archive"), Wish.OPEN_ARCHIVE)
            self._add(self.tr("Verify"), Wish.VERIFY)
        elif self.job.worker.state == JobState.FAILED:
            self._offer_after_failure()

    def _offer_after_failure(self) -> None:
        self._add(self.tr("Details"), Wish.DETAILS)
        error = self.job.worker.error
        if error is not None and error.code == "not-whole":
            self._add(self.tr("Repair…"), Wish.REPAIR)
        else:
            self._add(self.tr("Try again…"), Wish.TRY_AGAIN)

    def _add(self, text: str, wish: Wish) -> None:
        made = button(text, small=True)
        made.clicked.connect(lambda: self.wished.emit(self, wish))
        self._results.addWidget(made)
        self._offered.append(made)

    @Slot()
    def _dismiss(self) -> None:
        self.dismissed.emit(self)

    def sizeHint(self) -> QSize:
        """As high as what is shown of it."""
        return QSize(400, super().sizeHint().height())


def members_rows(listing: Listing, members: tuple[str, ...]) -> list[range]:
    """The rows of some entries, with all below them."""
    names = defaultdict(set)
    for member in map(os.fsencode, members):
        folder, _, name = member.rpartition(b"/")
        names[folder].add(name)
    found = [row for folder in names for row in _rows_named(listing, folder, names[folder])]
    return [part for row in found for part in listing.subtree(row)]


def _rows_named(listing: Listing, folder: bytes, names: set[bytes]) -> list[int]:
    if len(names) < _MANY_NAMES:
        found = (listing.find(folder + b"/" + name) for name in names)
        return [row for row in found if row is not None]
    row = listing.find(folder)
    below = listing.children(row) if row is not None else ()
    return [each for each in below if listing.name(each) in names]
