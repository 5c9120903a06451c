"""What verifying returns, and how much is known of an archive."""

from enum import Enum

from zpack.errors import ExitCode, Explanation
from zpack.operations.damage import Depth, EntryFinding, FrameFinding
from zpack.operations.differences import Difference
from zpack.operations.reports.exit_codes import worst_exit_code
from zpack.records import record


class Proof(Enum):
    """How much is known of an archive's content (docs/format.md, section 9)."""

    PROVEN = "proven"
    INTACT = "intact"
    CHECKED = "checked"
    READABLE = "readable"
    UNKNOWN = "unknown"
    PROOF_LOST = "proof lost"
    DAMAGED = "damaged"


@record
class VerifyReport:
    """``files`` counts what is in the archive besides folders, ``good`` those with which nothing is
    wrong as far as ``depth`` goes; ``problems`` has one explanation for each damaged entry, then
    those of the archive as a whole.

    ``bytes_checked``: of content, or ``QUICK`` of the archive. ``entries`` and ``damaged_frames``
    tell where the damage is; of ``frames`` those that are neither good nor damaged were not looked
    at. ``folder`` is what the archive was compared with, if it was; ``same`` and ``differences``
    are as in a ``CompareReport``."""

    archive: str
    proof: Proof
    files: int
    good: int
    bytes_checked: int
    seconds: float
    problems: tuple[Explanation, ...] = ()
    depth: Depth = Depth.FULL
    frames: int = 0
    good_frames: int = 0
    entries: tuple[EntryFinding, ...] = ()
    damaged_frames: tuple[FrameFinding, ...] = ()
    folder: str = ""
    same: int = 0
    differences: tuple[Difference, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Damaged if proof is lost or anything is damaged; partial if not all could be looked at,
        or anything differs from the folder."""
        if self.proof in (Proof.DAMAGED, Proof.PROOF_LOST):
            return ExitCode.DAMAGED
        code = worst_exit_code(self.problems)
        partial = self.proof is Proof.UNKNOWN or self.differences
        return ExitCode.PARTIAL if code == ExitCode.DONE and partial else code
