"""What can be asked of repairing."""

from zpack.operations.limits import USUAL_LIMITS, Limits
from zpack.records import record


@record
class AssessDamageRequest:
    """What would repairing ``damaged`` bring back? ``copies`` are further copies of it, damaged
    elsewhere."""

    damaged: str
    copies: tuple[str, ...] = ()
    limits: Limits = USUAL_LIMITS


@record
class RepairRequest:
    """Write ``target``: the archive that ``damaged``, and ``copies`` of it that are damaged
    elsewhere, once were, or what is whole of it. The damaged files stay as they are.

    With ``partial`` what is left of files that are lost goes into an archive of that name."""

    damaged: str
    target: str
    copies: tuple[str, ...] = ()
    overwrite: bool = False
    threads: int = 0
    limits: Limits = USUAL_LIMITS
    partial: str | None = None


@record
class AddRecoveryRequest:
    """Give ``archive`` a recovery record of ``percent`` of it, 1 to 100, in the place of one that
    it may have: in its own place, or as ``target``."""

    archive: str
    percent: int
    target: str | None = None
    overwrite: bool = False
    threads: int = 0
