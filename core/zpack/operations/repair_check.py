"""Looks at a whole request to repair before anything runs."""

import os

from zpack.errors import (
    ContraryWishes,
    NoRoomForRepair,
    RequestRefused,
    SourceMissing,
    TargetIsDamaged,
    ZpackError,
)
from zpack.filesystem import archive_size, free_bytes, volume_base, volume_name, volumes_there
from zpack.operations.create_check import check_target
from zpack.operations.limits import limit_faults
from zpack.operations.requests import CreateRequest, RepairRequest


def check_repair(request: RepairRequest) -> None:
    """Raises :class:`RequestRefused` with all faults that can be seen beforehand."""
    inputs = (request.damaged, *request.copies)
    faults: list[ZpackError] = [*limit_faults(request.limits)]
    faults += [SourceMissing(path) for path in inputs if not _is_there(path)]
    faults += target_faults(request.target, inputs, overwrite=request.overwrite)
    if request.partial is not None:
        faults += target_faults(request.partial, inputs, overwrite=request.overwrite)
        if os.path.realpath(request.partial) == os.path.realpath(request.target):
            what = "Files that are whole and what is left of others go into two archives."
            faults.append(ContraryWishes(what, "Give them two names."))
    if faults:
        raise RequestRefused(faults)
    check_repair_room(request.target, max(map(archive_size, inputs)))


def target_faults(target: str, inputs: tuple[str, ...], *, overwrite: bool) -> list[ZpackError]:
    """What is wrong with the place for a new archive that is made of ``inputs``."""
    if any(_same(target, path) for each in inputs for path in _files_of(each)):
        return [TargetIsDamaged(target)]
    if target == "-":
        target = os.path.join(os.curdir, target)  # a file of that name
    return check_target(CreateRequest(target, (), overwrite=overwrite))


def check_repair_room(target: str, needed: int) -> None:
    """Raises :class:`RequestRefused` if ``needed`` bytes do not fit beside ``target``."""
    free = free_bytes(os.path.dirname(os.path.realpath(target)))
    if free is not None and needed > free:
        raise RequestRefused([NoRoomForRepair(target, needed, free)])


def _is_there(path: str) -> bool:
    return "\0" not in path and os.path.exists(path)


def _files_of(path: str) -> list[str]:
    base = None if "\0" in path else volume_base(path)
    if base is None:
        return [path]
    return [volume_name(base, number) for number in volumes_there(base)]


def _same(target: str, path: str) -> bool:
    try:
        return os.path.samefile(target, path)
    except (OSError, ValueError):
        return False
