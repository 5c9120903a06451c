"""What can be asked of `info`."""

from zpack.operations.limits import USUAL_LIMITS, Limits
from zpack.records import record


@record
class InfoRequest:
    """Facts about ``archive`` as a whole."""

    archive: str
    limits: Limits = USUAL_LIMITS
