"""Verification: the state of proof and what it means, the map, and every damaged file."""

import os

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zpack.errors import shown
from zpack.jobs import Sample
from zpack.operations import Depth, Proof, VerifyReport
from zpack_gui.dialogs.sheet import Sheet
from zpack_gui.jobs.tracked_job import TrackedJob
from zpack_gui.look.icons import set_label_icon
from zpack_gui.look.wording import words
from zpack_gui.models.damage_model import DamageModel
from zpack_gui.models.verification import Verification
from zpack_gui.widgets.archive_status import PROOF_LOOKS
from zpack_gui.widgets.basics import heading, icon_label, label
from zpack_gui.widgets.job_words import job_words
from zpack_gui.widgets.map_panel import MapPanel
from zpack_gui.widgets.rows_view import RowsView

_WIDTH = 860


class ProofWords(QObject):
    """The states of proof, in a word and in a sentence."""

    def title(self, proof: Proof) -> str:
        """In a word or two."""
        return {
            Proof.PROVEN: self.tr("Proven"),
            Proof.INTACT: self.tr("Intact"),
            Proof.CHECKED: self.tr("Checked"),
            Proof.READABLE: self.tr("Readable"),
            Proof.UNKNOWN: self.tr("Not known"),
            Proof.PROOF_LOST: self.tr("Proof lost"),
            Proof.DAMAGED: self.tr("Damaged"),
        }[proof]

    def meaning(self, proof: Proof) -> str:
        """What it means."""
        return {
            Proof.PROVEN: self.tr("Every file was read and is, byte for byte, what was put in."),
            Proof.INTACT: self.tr(
                "The archive is, byte for byte, as it was written. Its files were not unpacked and "
                "compared with what was put in: that is what verifying fully does."
            ),
            Proof.CHECKED: self.tr(
                "All checksums that this archive has are right. It was not made by zpack, "
                "so there is no digest of each file to compare with."
            ),
            Proof.READABLE: self.tr(
                "Everything can be read, but this archive has no checksums that could tell "
                "whether it is still what was put in."
            ),
            Proof.UNKNOWN: self.tr(
                "Nothing is cut off, as far as can be seen. This archive has no index, so no more "
                "can be known without unpacking it."
            ),
            Proof.PROOF_LOST: self.tr(
                "What is there can be read, but the part of the archive that proves it is "
                "missing or damaged. The archive may have been cut off or changed."
            ),
            Proof.DAMAGED: self.tr(
                "Some of the archive is not what was put in. All other files are good and can "
                "be extracted."
            ),
        }[proof]


proof_words = ProofWords()


def is_broken(proof: Proof) -> bool:
    """Whether there is something to repair."""
    return proof in (Proof.DAMAGED, Proof.PROOF_LOST)


class VerifyDialog(Sheet):
    """Shows a verification while it runs (:meth:`follow`), and what came of it. Not modal: it may
    stay open beside the archive. ``repair_wanted`` brings its path."""

    repair_wanted = Signal(str)

    def __init__(self, known: Verification, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Verification"))
        self.setModal(False)
        self._job: TrackedJob | None = None
        self._known = known
        self.model = DamageModel(self)
        self.icon = icon_label("verify", "accent", 40)
        self.title = heading()
        self.meaning = label(wrap=True)
        self.map = MapPanel()
        self.view = RowsView(self.tr("Damaged files"))
        self._good, self._good_title, self._read = label(), label(role="muted"), label()
        self._counts = [self._good, self._good_title, self._read]
        self._add_head()
        self._add_counts()
        self.body.addWidget(self.map)
        self._add_problems()
        self._add_buttons()
        self._show()
        self.resize(_WIDTH, 560 if self.view.isVisibleTo(self) else self.sizeHint().height())

    @property
    def report(self) -> VerifyReport | None:
        """What came of it, if it has ended."""
        return self._known.report

    def follow(self, job: TrackedJob) -> None:
        """It still runs."""
        self._job = job
        job.sampled.connect(self._look)
        job.ended.connect(self._end)
        self._look(job.sample)

    # What is shown

    def _show(self) -> None:
        self.map.show_verification(self._known)
        report = self._known.report
        self.view.setVisible(bool(report and (report.entries or report.problems)))
        self.copy_button.setEnabled(report is not None)
        self.repair_button.setVisible(report is not None and is_broken(report.proof))
        for each in self._counts:
            each.setVisible(report is not None)
        if report is None:
            self.title.setText(self.tr("Verifying…"))
            return
        set_label_icon(self.icon, *PROOF_LOOKS[report.proof], 40)
        self.title.setText(proof_words.title(report.proof))
        self.meaning.setText(proof_words.meaning(report.proof))
        self.model.set_report(report)
        quick = report.depth is Depth.QUICK
        self._good_title.setText(self.tr("No damage in") if quick else self.tr("Good"))
        self._good.setText(_good(report, self.tr("%1 of %2")))
        self._read.setText(_read(report, self.tr("%1 in %2")))

    @Slot(object)
    def _look(self, sample: Sample | None) -> None:
        if self._job is None or sample is None or self._known.report is not None:
            return
        if self._known.places is None:
            self._known = Verification.of(self._job.worker)
            self._show()
        self.meaning.setText(job_words.standing(self._job))
        self.map.look_at(sample.settled)

    @Slot()
    def _end(self) -> None:
        if self._job is None:
            return
        self._known, worker = Verification.of(self._job.worker), self._job.worker
        self._show()
        if self._known.report is None:
            _, title, text = job_words.result(self._job)
            set_label_icon(self.icon, "info" if worker.error is None else "error", "muted", 40)
            self.title.setText(title)
            self.meaning.setText(text)
        self._job = None
        if self.view.isVisibleTo(self):
            self.resize(self.width(), max(self.height(), 560))

    # Its parts

    def _add_head(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self.title)
        name = shown(os.path.basename(self._known.archive))
        texts.addWidget(label(name, "muted", wrap=True))
        texts.addSpacing(4)
        texts.addWidget(self.meaning)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.body.addLayout(row)

    def _add_counts(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(56, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        read = label(self.tr("Read"), "muted")
        self._counts.append(read)
        grid.addWidget(self._good_title, 0, 0)
        grid.addWidget(self._good, 0, 1)
        grid.addWidget(read, 1, 0)
        grid.addWidget(self._read, 1, 1)
        self.body.addLayout(grid)

    def _add_problems(self) -> None:
        self.view.setProperty("framed", "true")
        self.view.setModel(self.model)
        self.view.stretch_first((130, 150, 100))
        self.view.stretch_also(3)
        self.view.selectionModel().currentRowChanged.connect(self._show_place)
        self.body.addWidget(self.view, 1)
        self.body.addStretch()

    def _add_buttons(self) -> None:
        self.copy_button = self.add_button(self.tr("Copy report"), "copy")
        self.copy_button.clicked.connect(self._copy)
        self.foot.addStretch()
        self.repair_button = self.add_button(self.tr("Repair…"), "repair")
        self.repair_button.clicked.connect(self._repair)
        self.add_main(self.tr("Close")).clicked.connect(self.accept)

    @Slot()
    def _repair(self) -> None:
        self.accept()
        self.repair_wanted.emit(self._known.archive)

    @Slot()
    def _show_place(self) -> None:
        """Where in the archive the damage of the chosen file is."""
        position = self.view.currentIndex().row()
        frame = self.model.frame_of(position) if position >= 0 else None
        if frame is not None and frame < len(self._known.states):
            self.map.map.go_to(frame)

    @Slot()
    def _copy(self) -> None:
        report = self._known.report
        if report is None:
            return
        lines = (
            shown(report.archive),
            f"{self.title.text()}. {self.meaning.text()}",
            _good(report, self.tr("%1 of %2")),
            self.model.as_text(),
        )
        QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))


def _good(report: VerifyReport, text: str) -> str:
    return words.fill(text, words.number(report.good), words.files(report.files))


def _read(report: VerifyReport, text: str) -> str:
    return words.fill(text, words.size(report.bytes_checked), words.duration(report.seconds))
