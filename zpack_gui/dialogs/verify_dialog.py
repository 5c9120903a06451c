"""What verification found: the state of proof and what it means, and every damaged file."""

import os

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zpack.errors import shown
from zpack.operations import Proof, VerifyReport
from zpack_gui.dialogs.sheet import Sheet
from zpack_gui.look.wording import words
from zpack_gui.models.problems_model import ProblemsModel
from zpack_gui.widgets.archive_status import PROOF_LOOKS
from zpack_gui.widgets.basics import heading, icon_label, label
from zpack_gui.widgets.rows_view import RowsView


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


class VerifyDialog(Sheet):
    """Not modal: it may stay open beside the archive."""

    def __init__(self, report: VerifyReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Verification"))
        self.setModal(False)
        self.report = report
        self.model = ProblemsModel(report.problems, self)
        self.title = heading(proof_words.title(report.proof))
        self.meaning = label(proof_words.meaning(report.proof), wrap=True)
        self.view = RowsView(self.tr("Damaged files"))
        self._add_head()
        self._add_counts()
        self._add_problems()
        self._add_buttons()
        self.resize(640, 440 if report.problems else self.sizeHint().height())

    def _add_head(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self.title)
        texts.addWidget(label(shown(os.path.basename(self.report.archive)), "muted", wrap=True))
        texts.addSpacing(4)
        texts.addWidget(self.meaning)
        row = QHBoxLayout()
        row.setSpacing(16)
        icon = icon_label(*PROOF_LOOKS[self.report.proof], 40)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.body.addLayout(row)

    def _add_counts(self) -> None:
        report = self.report
        grid = QGridLayout()
        grid.setContentsMargins(56, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        good = words.fill(self.tr("%1 of %2"), words.number(report.good), words.files(report.files))
        checked = words.fill(
            self.tr("%1 in %2"), words.size(report.bytes_checked), words.duration(report.seconds)
        )
        for line, (name, value) in enumerate(((self.tr("Good"), good), (self.tr("Read"), checked))):
            grid.addWidget(label(name, "muted"), line, 0)
            grid.addWidget(label(value), line, 1)
        self.body.addLayout(grid)

    def _add_problems(self) -> None:
        self.view.setProperty("framed", "true")
        self.view.setModel(self.model)
        self.view.stretch_first((150, 100))
        self.view.stretch_also(2)
        self.view.setVisible(bool(self.report.problems))
        self.body.addWidget(self.view, 1)

    def _add_buttons(self) -> None:
        self.copy_button = self.add_button(self.tr("Copy report"), "copy")
        self.copy_button.clicked.connect(self._copy)
        self.foot.addStretch()
        self.add_main(self.tr("Close")).clicked.connect(self.accept)

    @Slot()
    def _copy(self) -> None:
        report = self.report
        lines = (
            shown(report.archive),
            f"{self.title.text()}. {self.meaning.text()}",
            words.fill(self.tr("%1 of %2"), words.number(report.good), words.files(report.files)),
            self.model.as_text(),
        )
        QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))
