"""What repairing returns."""

from enum import Enum

from zpack.errors import ExitCode, Explanation
from zpack.operations.reports.verify import Proof
from zpack.records import record


class Remedy(Enum):
    """What can be done about the damage."""

    NONE_NEEDED = "none needed"
    RESTORED = "restored"  # byte for byte, by the recovery record or by other copies
    SALVAGED = "salvaged"  # what is whole, as a new archive
    HOPELESS = "hopeless"


@record
class DamagedStretch:
    """Bytes of the archive as it was."""

    offset: int
    length: int


@record
class LostEntry:
    """Something that does not come back, and why."""

    path: str
    size: int
    why: str


@record
class DamageReport:
    """What is damaged in ``archive``, and what comes back. ``files`` counts what does, besides
    folders; ``lost`` is what doesn't, as far as anything tells of it. ``proof`` is that of the
    repaired archive: proof that was lost does not come back. ``damaged`` are stretches of the
    archive as it was, in ``frames_hit`` of its ``frames``; ``hit`` are the files in those.
    ``recovery_percent`` is the size of its recovery record, 0 without one. ``doubtful`` are files
    that come back, but nothing vouches for: a checksum is missing, or wrong."""

    archive: str
    remedy: Remedy
    proof: Proof
    files: int
    lost: tuple[LostEntry, ...]
    damaged: tuple[DamagedStretch, ...]
    frames: int
    frames_hit: int
    hit: tuple[str, ...]
    recovery_percent: int
    seconds: float
    problems: tuple[Explanation, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Done if all comes back as it was, partial if not, damaged if nothing does."""
        if self.remedy is Remedy.HOPELESS:
            return ExitCode.DAMAGED
        fine = self.proof is Proof.PROVEN or self.remedy is Remedy.NONE_NEEDED
        whole = fine and not self.lost
        return ExitCode.DONE if whole and not self.problems else ExitCode.PARTIAL


@record
class RepairReport:
    """``target`` was written, ``bytes_out`` bytes; it was read back, and ``damage.proof`` is what
    that showed. ``partial`` counts the files of which something is left, in the other archive."""

    target: str
    damage: DamageReport
    bytes_out: int
    seconds: float
    partial: int = 0

    @property
    def exit_code(self) -> ExitCode:
        """That of what came back."""
        return self.damage.exit_code


@record
class AddRecoveryReport:
    """``archive`` has a recovery record of ``percent`` now: ``record_size`` of its ``bytes_out``.
    Any one stretch of ``burst`` bytes can be damaged and repaired."""

    archive: str
    percent: int
    record_size: int
    burst: int
    bytes_out: int
    seconds: float

    @property
    def exit_code(self) -> ExitCode:
        """Done: all else is an error."""
        return ExitCode.DONE
