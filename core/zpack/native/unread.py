"""An archive without an index that is not to be unpacked: what its frames tell."""

from typing import TYPE_CHECKING

from zpack.filesystem import SourceFile
from zpack.records import record

if TYPE_CHECKING:
    from zpack.native.frame_search import FoundFrames


@record
class Unread:
    """``is_tar``: what is compressed begins as a tar does; ``marked``: with zpack's mark.
    ``tail_fault`` tells why there is no index."""

    source: SourceFile
    found: "FoundFrames"
    is_tar: bool
    marked: bool
    tail_fault: str
