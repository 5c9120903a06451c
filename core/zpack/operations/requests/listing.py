"""What can be asked of listing."""

from zpack.operations.limits import USUAL_LIMITS, Limits
from zpack.records import record


@record
class ListRequest:
    """What is in ``archive``; names that are not UTF-8 read in ``name_encoding``."""

    archive: str
    limits: Limits = USUAL_LIMITS
    name_encoding: str | None = None
