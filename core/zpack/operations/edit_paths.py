"""Paths in an archive that an edit names, looked at before anything runs."""

import os
import time

from zpack.entries import Attributes, Kind, TreeEdit
from zpack.errors import BadName, MemberMissing, NoFolder, ZpackError
from zpack.filesystem import UMASK, owner_of, unsafe_reason

_LONGEST = 64 << 10
_DEEPEST = 4096


def entry_path(text: str) -> bytes:
    """The path of an entry to be made, its components joined by ``/``. Raises :class:`BadName`."""
    path = os.fsencode(text)
    why = unsafe_reason(path)
    parts = [part for part in path.split(b"/") if part not in (b"", b".")]
    if why is None and (len(path) > _LONGEST or len(parts) >= _DEEPEST):
        why = "it is too long"
    if why is not None:
        raise BadName(text, why)
    return b"/".join(parts)


def rows_of(edit: TreeEdit, member: str) -> list[int]:
    """The rows of a member: several only of duplicates. Raises :class:`MemberMissing`."""
    rows = [row for row in edit.listing.find_all(os.fsencode(member)) if row]
    if not rows:
        raise MemberMissing(member)
    return rows


def is_folder(edit: TreeEdit, path: bytes) -> bool:
    """Whether the archive has a folder there."""
    kinds = edit.listing.kind
    return any(kinds[row] == Kind.DIRECTORY for row in edit.listing.find_all(path))


def make_folders(edit: TreeEdit, path: bytes, like: Attributes) -> None:
    """Make the folders of a path that are not there yet. Raises :class:`NoFolder`."""
    parts = path.split(b"/") if path else []
    for end in range(1, len(parts) + 1):
        above = b"/".join(parts[:end])
        if not edit.listing.find_all(above):
            edit.make_folder(above, like)
        elif not is_folder(edit, above):
            raise NoFolder(os.fsdecode(above))


def new_folder(latest: int | None) -> Attributes:
    """A folder made by this user now, or at ``latest``."""
    now = int(time.time())
    owner = owner_of(os.geteuid(), os.getegid())
    mtime = now if latest is None else min(now, latest)
    return Attributes(Kind.DIRECTORY, 0o777 & ~UMASK, mtime=mtime, owner=owner)


def collect(faults: list[ZpackError], error: ZpackError) -> None:
    """One more fault; the same one only once."""
    if not any(str(error) == str(other) for other in faults):
        faults.append(error)
