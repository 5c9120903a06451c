"""Opens what has no index that can be believed: by reading all of it."""

from collections.abc import Callable

from zpack.filesystem import SourceFile
from zpack.native.frame_search import find_frames
from zpack.native.plain import holds_tar, scan_plain
from zpack.native.scan import Count, Scan, scan_tar


def scan_unindexed(
    source: SourceFile, plain_name: bytes | None, check: Callable[[], None], count: Count
) -> Scan:
    """What is in it, as ``open_archive`` says."""
    found = find_frames(source, check)
    if plain_name is None or holds_tar(source, found):
        return scan_tar(source, found, check, count)
    return scan_plain(source, found, plain_name, check, count)
