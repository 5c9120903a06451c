"""Whether an archive can be changed at all, and whether a plan can be carried out."""

import os

from zpack.entries import Clash
from zpack.errors import (
    ArchiveBusy,
    ArchiveChanged,
    ArchiveReadOnly,
    EntryNotKept,
    FolderInTheWay,
    MoreInTheWay,
    NameTaken,
    NoFolder,
    NoRoomForCopy,
    NotEditable,
    ZpackError,
)
from zpack.filesystem import SourceFile, free_bytes, lock_for_change, shares_blocks
from zpack.native.archive import Archive
from zpack.native.edit_plan import EditPlan
from zpack.native.layout import LayoutError
from zpack.native.tail import Tail, unknown_columns
from zpack.native.tail_check import read_record
from zpack.operations.edit_requests import ArchiveStamp

_NAMED = 20
_NEWER = "Install a newer zpack."
_JOIN = "Join the volumes with “cat”, and change the archive that comes out."
_REPAIR = "Repair it first: “zpack repair ARCHIVE -o FIXED”."
_MAKE_NEW = "Extract it, and make a new archive of what came out."


def archive_stamp(path: str) -> ArchiveStamp:
    """To be taken when an archive is shown, and given with the request to change it.

    Raises the errors of ``SourceFile``.
    """
    with SourceFile(path) as source:
        return _stamp(source)


def _stamp(source: SourceFile) -> ArchiveStamp:
    found = source.found
    return ArchiveStamp(found.st_size, found.st_mtime_ns, found.st_dev, found.st_ino)


def check_stamp(archive: Archive, stamp: ArchiveStamp | None) -> None:
    """Raises :class:`ArchiveChanged` if it is not the file that the stamp was taken of."""
    if stamp is not None and stamp != _stamp(archive.source):
        raise ArchiveChanged(archive.source.path)


def check_editable(archive: Archive) -> list[ZpackError]:
    """What speaks against changing the archive. Locks it against other zpacks until it is
    closed."""
    if archive.source.volumes:
        why = "is in several volumes, which are not changed in place"
        return [NotEditable(archive.source.path, why, _JOIN)]
    faults = check_place(archive.source.path)
    if not lock_for_change(archive.source.fd):
        faults.append(ArchiveBusy(archive.source.path))
    if archive.plain:
        faults.append(NotEditable(archive.source.path, "is one compressed file", _MAKE_NEW))
    elif archive.damage is not None:
        faults.append(archive.damage)
    elif archive.tail is not None:
        faults.extend(_check_tail(archive, archive.tail))
    elif archive.marked:
        why = f"has lost what proves its files ({archive.tail_fault})"
        faults.append(NotEditable(archive.source.path, why, _MAKE_NEW))
    return faults


def check_place(path: str) -> list[ZpackError]:
    """Whether another archive may take the place of this one."""
    if not _may(path, os.W_OK):
        return [ArchiveReadOnly(path, "you may not write to it")]
    folder = os.path.dirname(os.path.realpath(path))
    if not _may(folder, os.W_OK | os.X_OK):
        return [ArchiveReadOnly(path, "you may not write to the folder that it is in")]
    return []


def _may(path: str, what: int) -> bool:
    return os.access(path, what, effective_ids=os.access in os.supports_effective_ids)


def _check_tail(archive: Archive, tail: Tail) -> list[ZpackError]:
    path = archive.source.path
    if tail.locator.digests is None:
        return [NotEditable(path, "has nothing that proves its files", _MAKE_NEW)]
    if tail.locator.recovery is not None and read_record(archive.source, tail) is None:
        return [NotEditable(path, "has a recovery record that is damaged", _REPAIR)]
    try:
        unknown = unknown_columns(archive.source, tail)
    except LayoutError:
        unknown = {""}  # it could be read a moment ago
    if unknown:
        why = "was made by a newer zpack, and has facts about its files that would be lost"
        return [NotEditable(path, why, _NEWER)]
    return []


def check_plan(plan: EditPlan, hint: str) -> list[ZpackError]:
    """Names that clash, and entries that cannot be kept. ``hint`` tells what to do where a name is
    taken."""
    faults: list[ZpackError] = []
    for path, clash in sorted(plan.tree.clashes, key=lambda each: each[0]):
        name = os.fsdecode(path)
        if clash is Clash.TAKEN:
            faults.append(NameTaken(name, hint))
        else:
            faults.append(FolderInTheWay(name) if clash is Clash.IS_FOLDER else NoFolder(name))
    for path in plan.mixed:
        faults.append(EntryNotKept(os.fsdecode(path), "is in it as a folder and as something else"))
    for path in plan.dangling:
        faults.append(EntryNotKept(os.fsdecode(path), "is another name of a file that is missing"))
    more = len(faults) - _NAMED
    return faults if more <= 1 else [*faults[:_NAMED], MoreInTheWay(more)]


def check_room(path: str, needed: int) -> list[ZpackError]:
    """Whether ``needed`` bytes fit beside the archive."""
    folder = os.path.dirname(os.path.realpath(path))
    free = free_bytes(folder)
    if free is None or needed <= free or shares_blocks(folder):
        return []
    return [NoRoomForCopy(path, needed, free)]
