"""Whether what is extracted will fit the destination's disk."""

import os
import stat
from collections.abc import Iterable

from zpack.entries import Kind, Listing
from zpack.filesystem import Folders, look_at
from zpack.jobs import Limit
from zpack.operations.limits import LimitGuard


def check_space(
    guard: LimitGuard,
    root: int,
    listing: Listing,
    rows: Iterable[int],
    folders: Folders,
    place: str,
) -> None:
    """Asks if the content of ``rows`` needs more than is free on the disk of ``root``. What has the
    name of one of them already is either left as it is or replaced, so its size counts as free.

    Raises :class:`LimitReached`.
    """
    disk = os.fstatvfs(root)
    if not guard.limits.space or not disk.f_blocks:  # some disks don't tell
        return
    files = [row for row in rows if listing.kind[row] == Kind.FILE]
    need = sum(listing.size[row] for row in files) - _in_holes(listing, files)
    free = disk.f_bavail * disk.f_frsize
    if need > free:
        free += sum(_there(listing, row, folders) for row in files)
        guard.check(Limit.SPACE, need, max(1, free), place)


def _in_holes(listing: Listing, files: list[int]) -> int:
    """Bytes that need no room: sparse files stay sparse."""
    sparse = set(listing.rare.hole_row)
    found = [(row, listing.rare.holes_of(row)) for row in files if row in sparse]
    return sum(holes.total for row, holes in found if holes and holes.fit(listing.size[row]))


def _there(listing: Listing, row: int, folders: Folders) -> int:
    try:
        found = look_at(folders.get(listing.parent[row]), listing.name(row))
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0
