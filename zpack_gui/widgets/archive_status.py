"""The status bar: what is in the archive or selected, and whether it is whole."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStatusBar, QToolButton, QWidget

from zpack.operations import Proof
from zpack_gui.look.icons import set_icon
from zpack_gui.look.wording import words
from zpack_gui.widgets.basics import label, set_look
from zpack_gui.widgets.proof_line import proof_line

# Icon and role. Only proven is green.
PROOF_LOOKS = {
    Proof.PROVEN: ("verify", "good"),
    Proof.INTACT: ("shield", "muted"),
    Proof.CHECKED: ("shield", "muted"),
    Proof.READABLE: ("shield", "muted"),
    Proof.UNKNOWN: ("shield", "muted"),
    Proof.PROOF_LOST: ("shield-alert", "attention"),
    Proof.DAMAGED: ("shield-x", "bad"),
}


class ArchiveStatus(QStatusBar):
    """``proof_pressed`` asks for what is behind the state of proof. Only proven is green."""

    proof_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.totals = label(role="muted")
        self.totals.setContentsMargins(12, 0, 0, 0)
        self.proof = QToolButton()
        self.proof.setProperty("compact", "true")
        self.proof.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.proof.clicked.connect(self.proof_pressed)
        self.addWidget(self.totals, 1)
        self.addPermanentWidget(self.proof)
        self.clear()

    def clear(self) -> None:
        """No archive is open."""
        self.totals.setText("")
        self.proof.hide()

    def show_totals(self, text: str) -> None:
        """To the left."""
        self.totals.setText(text)

    def show_unknown(self) -> None:
        """Nobody has looked yet."""
        self._show("shield", "muted", self.tr("Not verified yet"))
        self.proof.setToolTip(self.tr("Press to verify that every byte is as it was put in"))

    def show_checking(self) -> None:
        """A verification runs in the background."""
        self._show("shield", "muted", self.tr("Checking…"))
        self.proof.setToolTip(self.tr("Press to verify that every byte is as it was put in"))

    def show_proof(self, proof: Proof, when: int, intact: int = 0, *, quick: bool = False) -> None:
        """What was found, and when (seconds since 1970); and when, after that, every byte was still
        found to be the same. ``quick``: without unpacking."""
        self._show(*PROOF_LOOKS[proof], proof_line.text(proof, when, intact, quick=quick))
        depth = self.tr("Verified quickly, %1") if quick else self.tr("Verified fully, %1")
        when_text = words.fill(depth, words.moment(when))
        self.proof.setToolTip(f"{when_text}. {self._what_pressing_does()}")

    def show_doubt(self, text: str) -> None:
        """Something is wrong that no verification has measured yet."""
        self._show("shield-alert", "attention", text)
        self.proof.setToolTip(self.tr("Press to verify what is there"))

    def _what_pressing_does(self) -> str:
        return self.tr("Press for the report, or to verify it now.")

    def _show(self, icon: str, role: str, text: str) -> None:
        self.proof.setText(text)
        set_icon(self.proof, icon, role)
        set_look(self.proof, "role", role)
        self.proof.setAccessibleName(text)
        self.proof.show()
