"""What can be asked of a manifest."""

from zpack.operations.limits import USUAL_LIMITS, Limits
from zpack.operations.manifest_lines import Algorithm
from zpack.records import record


@record
class ManifestRequest:
    """The digests of the files in ``archive``. ``XXH128`` are those that it holds, if it does; all
    others are taken of the content, which is verified on the way."""

    archive: str
    algorithm: Algorithm = Algorithm.SHA256
    threads: int = 0
    limits: Limits = USUAL_LIMITS
