"""How an archive stands, and since when: one line, for the status bar and the recent archives."""

from PySide6.QtCore import QObject

from zpack.operations import Proof
from zpack_gui.look.wording import words


class ProofLine(QObject):
    """*Verified* alone is in full; what was done quickly says so. Stateless; an object only because
    translations belong to a class."""

    def text(self, proof: Proof, when: int, intact: int = 0, *, quick: bool = False) -> str:
        """What was found and when, in seconds since 1970; and when, after that, a quick
        verification found every byte to be the same. ``quick``: so was the first."""
        day = words.day(when)
        shown = words.fill(self._quickly(proof) if quick else self._fully(proof), day)
        if proof is Proof.PROVEN and intact > when and words.day(intact) != day:
            shown = words.fill(self.tr("%1, intact %2"), shown, words.day(intact))
        return shown

    def _fully(self, proof: Proof) -> str:
        return {
            Proof.PROVEN: self.tr("Proven, verified %1"),
            Proof.INTACT: self.tr("Intact, verified %1"),
            Proof.CHECKED: self.tr("Checked %1"),
            Proof.READABLE: self.tr("Readable, checked %1"),
            Proof.UNKNOWN: self.tr("Not known, looked at %1"),
            Proof.PROOF_LOST: self.tr("Proof lost, verified %1"),
            Proof.DAMAGED: self.tr("Damaged, verified %1"),
        }[proof]

    def _quickly(self, proof: Proof) -> str:
        return {
            Proof.PROVEN: self.tr("Proven, verified %1"),
            Proof.INTACT: self.tr("Intact, verified quickly %1"),
            Proof.CHECKED: self.tr("Checked quickly %1"),
            Proof.READABLE: self.tr("Readable, checked quickly %1"),
            Proof.UNKNOWN: self.tr("Not known, looked at quickly %1"),
            Proof.PROOF_LOST: self.tr("Proof lost, verified quickly %1"),
            Proof.DAMAGED: self.tr("Damaged, verified quickly %1"),
        }[proof]


proof_line = ProofLine()
