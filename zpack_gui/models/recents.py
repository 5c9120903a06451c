"""The archives opened last, and when each was last verified, and how that went."""

import json
import os
from dataclasses import asdict, dataclass, replace

from PySide6.QtCore import QObject, Signal

from zpack.operations import Depth, Proof
from zpack_gui.models.settings import remember, remembered

_KEY = "recent/archives"
_KEPT = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a file is known to be the one that was verified."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class RecentArchive:
    """``verified`` is in seconds since 1970, 0 for never; ``size`` and ``mtime_ns`` were the
    file's then, and ``proof`` what was found, a value of ``Proof``. ``intact`` is when a quick
    verification last found that the file is still what it was then, 0 for never. ``depth``, a
    value of ``Depth``, is how far the first went; empty if that was not kept."""

    path: str
    verified: int = 0
    proof: str = ""
    size: int = 0
    mtime_ns: int = 0
    intact: int = 0
    depth: str = ""

    @property
    def quick(self) -> bool:
        """Whether the verification was a quick one."""
        return self.depth == Depth.QUICK.value or self.proof == Proof.INTACT.value

    def finding(self, now: Identity | None) -> Proof | None:
        """What verification found, if the file is still the same."""
        if not self.verified or now != Identity(self.size, self.mtime_ns):
            return None
        try:
            return Proof(self.proof)
        except ValueError:
            return None


def identity(path: str) -> Identity | None:
    """Of the file now; None if there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return Identity(status.st_size, status.st_mtime_ns)


class RecentArchives(QObject):
    """The latest first. GUI thread only."""

    changed = Signal()

    def all(self) -> list[RecentArchive]:
        """What is remembered; what cannot be understood is forgotten."""
        try:
            found = json.loads(remembered(_KEY, "[]"))
            return [RecentArchive(**each) for each in found][:_KEPT]
        except (ValueError, TypeError):
            return []

    def get(self, path: str) -> RecentArchive | None:
        """What is remembered of an archive."""
        return next((each for each in self.all() if each.path == path), None)

    def opened(self, path: str) -> None:
        """To the top."""
        self._put(self.get(path) or RecentArchive(path))

    def verified(
        self, path: str, when: int, proof: Proof, was: Identity, depth: Depth = Depth.FULL
    ) -> None:
        """Remember the finding, for as long as the file stays the same."""
        known = self.get(path) or RecentArchive(path)
        if proof is Proof.INTACT and known.finding(was) is Proof.PROVEN:
            # What was proven of these very bytes holds, and is more than this.
            self._put(replace(known, intact=when))
            return
        self._put(
            replace(
                known,
                verified=when,
                proof=proof.value,
                size=was.size,
                mtime_ns=was.mtime_ns,
                intact=when if proof is Proof.INTACT else 0,
                depth=depth.value,
            )
        )

    def _put(self, archive: RecentArchive) -> None:
        self._save([archive, *(each for each in self.all() if each.path != archive.path)])

    def _save(self, archives: list[RecentArchive]) -> None:
        remember(_KEY, json.dumps([asdict(each) for each in archives[:_KEPT]]))
        self.changed.emit()
