"""What can be asked of `info`."""

from dataclasses import dataclass

from zpack.operations.limits import USUAL_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class InfoRequest:
    """Facts about ``archive`` as a whole."""

    archive: str
    limits: Limits = USUAL_LIMITS
