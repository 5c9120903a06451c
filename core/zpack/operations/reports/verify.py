"""What verifying returns, and how much is known of an archive."""

from enum import Enum

from zpack.errors import ExitCode, Explanation
from zpack.operations.reports.exit_codes import worst_exit_code
from zpack.records import record


class Proof(Enum):
    """How much is known of an archive's content (docs/format.md, section 9)."""

    PROVEN = "proven"
    CHECKED = "checked"
    READABLE = "readable"
    PROOF_LOST = "proof lost"
    DAMAGED = "damaged"


@record
class VerifyReport:
    """``files`` counts what is in the archive besides folders, ``good`` those that are as they were
    put in; ``problems`` has one explanation for each damaged entry, then those of the archive as a
    whole."""

    archive: str
    proof: Proof
    files: int
    good: int
    bytes_checked: int
    seconds: float
    problems: tuple[Explanation, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Damaged if proof is lost or anything is damaged."""
        bad = self.proof in (Proof.DAMAGED, Proof.PROOF_LOST)
        return ExitCode.DAMAGED if bad else worst_exit_code(self.problems)
