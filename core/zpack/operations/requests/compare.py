"""What can be asked of comparing."""

from zpack.operations.differences import Aspect
from zpack.operations.limits import USUAL_LIMITS, Limits
from zpack.records import record


@record
class CompareRequest:
    """Compare ``archive``, or ``members`` of it, with what is on disk below ``folder``: what
    extraction wrote there, or what the archive was made from.

    Aspects in ``ignore`` are not looked at; without ``CONTENT`` no file is read. Folders of the
    archive are searched for what is new; ``folder`` itself too with ``search_top``, or if the
    archive has an entry for it.
    """

    archive: str
    folder: str
    members: tuple[str, ...] = ()
    ignore: tuple[Aspect, ...] = (Aspect.OWNER, Aspect.XATTRS)
    search_top: bool = False
    threads: int = 0
    limits: Limits = USUAL_LIMITS
