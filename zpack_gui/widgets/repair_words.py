"""What is said of damage: before it is repaired what will come back, afterwards what has."""

import os

from PySide6.QtCore import QObject

from zpack.errors import shown
from zpack.operations import DamageReport, Proof, Remedy, RepairReport
from zpack_gui.look.wording import words


class RepairWords(QObject):
    """``done``: it is repaired. Stateless; an object only because translations belong to a
    class."""

    def look(self, damage: DamageReport, *, done: bool) -> tuple[str, str]:
        """Icon and role. Only what is proven is green."""
        if damage.remedy is Remedy.HOPELESS:
            return "shield-x", "bad"
        if damage.remedy is Remedy.SALVAGED:
            return "shield-alert", "attention"
        if done and damage.proof is Proof.PROVEN:
            return "verify", "good"
        return ("shield", "accent") if damage.remedy is Remedy.RESTORED else ("shield", "muted")

    def title(self, damage: DamageReport, *, done: bool) -> str:
        """In a few words."""
        match damage.remedy:
            case Remedy.NONE_NEEDED:
                return self.tr("Nothing was damaged") if done else self.tr("Nothing is damaged")
            case Remedy.RESTORED:
                if not done:
                    return self.tr("Everything comes back")
                proven = damage.proof is Proof.PROVEN
                return self.tr("Repaired, and proven") if proven else self.tr("Repaired")
            case Remedy.SALVAGED:
                return self._salvaged(damage, done)
        none_whole = self.tr("No file in it is whole")
        return none_whole if damage.lost else self.tr("Nothing of it can be saved")

    def _salvaged(self, damage: DamageReport, done: bool) -> str:
        files, lost = words.files(damage.files), words.number(len(damage.lost))
        if damage.lost:
            text = self.tr("%1 saved, %2 lost") if done else self.tr("%1 can be saved, %2 lost")
            return words.fill(text, files, lost)
        return words.fill(self.tr("%1 saved") if done else self.tr("%1 can be saved"), files)

    def meaning(self, damage: DamageReport, copies: int, *, done: bool) -> str:
        """In a sentence or two. ``copies`` is how many others were looked at."""
        match damage.remedy:
            case Remedy.NONE_NEEDED:
                return self._no_need(damage, done)
            case Remedy.RESTORED:
                return f"{self._restored(damage, copies, done)} {self._stays()}"
            case Remedy.SALVAGED:
                parts = self._way(damage, done), self._proof(damage, done), self._stays()
                return " ".join(parts)
        return self.tr(
            "Nothing that is left is a whole file. Another copy of this archive may bring it back, "
            "even one that is damaged elsewhere. If you have one, add it."
        )

    def _no_need(self, damage: DamageReport, done: bool) -> str:
        if done:
            return self.tr("The new archive is, byte for byte, the old one.")
        if damage.proof is Proof.PROVEN:
            return self.tr("Every byte is as it was written. There is nothing to repair.")
        return self.tr("All of it can be read. There is nothing to repair.")

    def _restored(self, damage: DamageReport, copies: int, done: bool) -> str:
        if damage.recovery_percent:
            text = self.tr("Its recovery record brings the archive back, byte for byte as it was.")
            past = self.tr("Its recovery record brought the archive back, byte for byte as it was.")
        elif copies:
            text = self.tr("The copies complement each other: byte for byte, all of it is there.")
            past = self.tr("The copies complemented each other: it is byte for byte as it was.")
        else:
            text = self.tr("All its contents are whole; what is around them is made anew.")
            past = self.tr("All its contents were whole; what is around them was made anew.")
        return past if done else text

    def _way(self, damage: DamageReport, done: bool) -> str:
        if damage.frames and done:
            return self.tr("What was whole is in a new archive.")
        if damage.frames:
            return self.tr("What is whole goes into a new archive.")
        if done:
            return self.tr("Its index was gone: what was found whole is in a new archive.")
        return self.tr("Its index is gone: what is found whole goes into a new archive.")

    def _proof(self, damage: DamageReport, done: bool) -> str:
        if damage.proof is Proof.PROVEN and done:
            return self.tr("Each file in it is proven to be what was put in.")
        if damage.proof is Proof.PROVEN:
            return self.tr("Each file that comes back will be proven to be what was put in.")
        return self.tr("Nothing is left that could prove its files.")

    def _stays(self) -> str:
        return self.tr("The damaged archive stays as it is.")

    def facts(self, damage: DamageReport, *, done: bool) -> list[tuple[str, str]]:
        """Names and values, as far as they are known."""
        found = []
        if damage.damaged:
            found.append((self.tr("Damaged"), self._extent(damage)))
        if damage.remedy is not Remedy.HOPELESS:
            title = self.tr("Saved") if done else self.tr("Comes back")
            whole = damage.remedy is Remedy.NONE_NEEDED
            found.append((self.tr("Whole") if whole else title, words.files(damage.files)))
        if damage.lost:
            size = words.size(sum(each.size for each in damage.lost))
            found.append((self.tr("Lost"), f"{words.files(len(damage.lost))}, {size}"))
        if damage.doubtful:
            found.append((self.tr("Not sure"), words.files(len(damage.doubtful))))
        if damage.recovery_percent:
            percent = words.number(damage.recovery_percent)
            found.append((self.tr("Recovery record"), words.fill(self.tr("%1 %"), percent)))
        return found

    def _extent(self, damage: DamageReport) -> str:
        size = words.size(sum(each.length for each in damage.damaged))
        places = self.tr("%n place(s)", "", len(damage.damaged))
        text = words.fill(self.tr("%1 in %2"), size, words.counted(places, len(damage.damaged)))
        if not damage.frames_hit:
            return text
        pieces = self.tr("%1: %2 of its %3 pieces")
        numbers = words.number(damage.frames_hit), words.number(damage.frames)
        return words.fill(pieces, text, *numbers)

    def result(self, report: RepairReport) -> tuple[str, str, str]:
        """Tone, title and text of a job's card."""
        damage, name = report.damage, shown(os.path.basename(report.target))
        title, tone = self._outcome(damage)
        text = words.fill(
            self.tr("%1, %2 in %3"),
            words.files(damage.files),
            words.size(report.bytes_out),
            words.duration(report.seconds),
        )
        if report.partial:
            left = self.tr("what is left of %n other(s) is kept apart", "", report.partial)
            text = f"{text} · {words.counted(left, report.partial)}"
        return tone, words.fill(title, name, words.files(len(damage.lost))), text

    def _outcome(self, damage: DamageReport) -> tuple[str, str]:
        proven = damage.proof is Proof.PROVEN
        match damage.remedy:
            case Remedy.NONE_NEEDED:
                return self.tr("%1 is a copy: nothing was damaged"), "info"
            case Remedy.RESTORED if proven:
                return self.tr("%1 is repaired and proven: byte for byte as it was"), "good"
            case Remedy.RESTORED:
                return self.tr("%1 is repaired: byte for byte as it was"), "info"
            case _ if damage.lost:
                return self.tr("%1 has what was whole; %2 lost"), "attention"
        return self.tr("%1 has all that was found"), "good" if proven else "attention"


repair_words = RepairWords()
