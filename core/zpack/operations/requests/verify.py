"""What can be asked of verifying."""

from dataclasses import dataclass

from zpack.operations.limits import USUAL_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """Read and check everything in ``archive``."""

    archive: str
    threads: int = 0
    limits: Limits = USUAL_LIMITS
