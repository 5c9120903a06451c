"""What can be asked of verifying."""

from zpack.operations.damage import Depth
from zpack.operations.differences import Aspect
from zpack.operations.limits import USUAL_LIMITS, Limits
from zpack.records import record


@record
class VerifyRequest:
    """Check everything in ``archive``, to a ``depth``; and compare it with the folder ``against``
    (see ``CompareRequest``), leaving out what is in ``ignore``, if there is one. An archive without
    an index is unpacked for that whatever the depth."""

    archive: str
    threads: int = 0
    limits: Limits = USUAL_LIMITS
    depth: Depth = Depth.FULL
    against: str | None = None
    ignore: tuple[Aspect, ...] = (Aspect.OWNER, Aspect.XATTRS)
