"""What can be asked of verifying."""

from zpack.operations.limits import USUAL_LIMITS, Limits
from zpack.records import record


@record
class VerifyRequest:
    """Read and check everything in ``archive``."""

    archive: str
    threads: int = 0
    limits: Limits = USUAL_LIMITS
