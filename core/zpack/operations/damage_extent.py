"""What damaged stretches of an archive reach into."""

import os
from collections.abc import Sequence

from zpack.codecs import FrameTable
from zpack.entries import Kind, Listing
from zpack.native.restore_plan import Stretch
from zpack.operations.reports import DamagedStretch


def frames_hit(frames: FrameTable, damaged: Sequence[Stretch]) -> set[int]:
    """Data frames that damaged stretches reach into."""
    hit: set[int] = set()
    for stretch in damaged:
        if stretch.offset < frames.end and len(frames):
            first = frames.containing(stretch.offset)
            last = frames.containing(min(stretch.end, frames.end) - 1)
            hit.update(range(first, last + 1))
    return hit


def files_hit(listing: Listing, frames: FrameTable, hit: set[int]) -> tuple[str, ...]:
    """Paths of the files that have something in these frames."""
    flags = bytearray(len(frames))
    for frame in hit:
        flags[frame] = 1
    order, paths = listing.tar_order(), []
    for number, row in enumerate(order):
        if listing.kind[row] != Kind.FILE:
            continue
        after = order[number + 1] if number + 1 < len(order) else None
        if flags.find(1, listing.frame[row], _end(listing, after, len(frames))) >= 0:
            paths.append(os.fsdecode(listing.path(row)))
    return tuple(paths)


def _end(listing: Listing, after: int | None, frames: int) -> int:
    """The frame after the last one that an entry has something in."""
    if after is None:
        return frames - 1  # the end of the tar is alone in the last one
    return listing.frame[after] + (1 if listing.offset[after] else 0)


def stretches(damaged: Sequence[Stretch]) -> tuple[DamagedStretch, ...]:
    """For a report."""
    return tuple(DamagedStretch(each.offset, each.length) for each in damaged)
