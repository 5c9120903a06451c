"""What of an archive is written to a stream."""

from zpack.operations.limits import USUAL_LIMITS, Limits
from zpack.records import record


@record
class PipeRequest:
    """What of ``archive`` is written; the choice is that of ``ExtractRequest``."""

    archive: str
    members: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    strip_components: int = 0
    limits: Limits = USUAL_LIMITS
    name_encoding: str | None = None
