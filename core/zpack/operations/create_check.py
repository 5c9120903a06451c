"""Looks at a whole request to create before anything runs."""

import os

from zpack.errors import (
    BadEpoch,
    BadVolumeSize,
    ContraryWishes,
    NothingToArchive,
    RequestRefused,
    SameName,
    SourceMissing,
    SourceUnreadable,
    TargetExists,
    TargetInsideSource,
    TargetIsDirectory,
    TargetIsSource,
    TargetIsTerminal,
    TargetMisnamed,
    TargetNameless,
    TargetUnwritable,
    ZpackError,
    reason,
)
from zpack.filesystem import named_once, source_name, source_place, volume_name, volumes_there
from zpack.formats import other_ending
from zpack.operations.create_exclusions import exclusions_of
from zpack.operations.create_target import STANDARD_OUTPUT
from zpack.operations.presets import DEFAULT_PRESET, check_level, choose_preset, find_preset
from zpack.operations.recovery_record import check_percent
from zpack.operations.requests import CreateRequest, Originals

LEAST_VOLUME = 64 << 10  # bytes: below it there would soon be more than there can be


def check_create(request: CreateRequest) -> None:
    """Raises :class:`RequestRefused` with all faults that can be seen beforehand."""
    faults: list[ZpackError] = []
    for check in (check_choices, check_wishes, check_sources, check_target):
        faults.extend(check(request))
    if faults:
        raise RequestRefused(faults)


def check_choices(request: CreateRequest) -> list[ZpackError]:
    """What is wrong with how it should be done."""
    faults: list[ZpackError] = []
    preset = find_preset(DEFAULT_PRESET)
    try:
        preset = choose_preset(request.preset, request.target)
    except ZpackError as fault:
        faults.append(fault)
    try:
        check_level(request.level, preset.profile.levels)
    except ZpackError as fault:
        faults.append(fault)
    if request.latest is not None and not 0 <= request.latest < 1 << 62:
        faults.append(BadEpoch(str(request.latest)))
    try:
        exclusions_of(request)
    except RequestRefused as refused:
        faults.extend(refused.faults)
    return faults


def check_wishes(request: CreateRequest) -> list[ZpackError]:
    """Which wishes do not go together, or make no sense."""
    if request.volume_size is not None and request.volume_size < LEAST_VOLUME:
        return [BadVolumeSize(request.volume_size, LEAST_VOLUME)]
    if faults := check_percent(request.recovery):
        return faults
    wants_file = request.verifies or request.recovery is not None
    if request.to_stream and (wants_file or request.volume_size is not None):
        return [
            ContraryWishes(
                "What went to standard output cannot be read back, and has no volumes.",
                "Name a file, or do without them.",
            )
        ]
    if request.originals is not Originals.KEEP and request.dereference:
        return [
            ContraryWishes(
                "Originals that were reached through links cannot be removed safely.",
                "Follow links, or remove the originals, but not both.",
            )
        ]
    return []


def check_sources(request: CreateRequest) -> list[ZpackError]:
    """What is wrong with the files and folders that should go into the archive."""
    faults: list[ZpackError] = [] if request.sources else [NothingToArchive()]
    names: dict[str, str] = {}
    target = os.path.realpath(request.target.replace("\0", ""))
    for path in named_once(request.sources):
        try:
            os.stat(path, follow_symlinks=request.dereference)
        except (FileNotFoundError, NotADirectoryError):
            faults.append(SourceMissing(path))
            continue
        except (OSError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else "its name has a NUL"
            faults.append(SourceUnreadable(path, why))
            continue
        other = names.setdefault(source_name(path), path)
        if other != path:
            faults.append(SameName(other, path))
        place = os.path.realpath(path) if request.dereference else source_place(path)
        if place == target:
            faults.append(TargetIsSource(path))
        elif target.startswith(place.rstrip("/") + "/"):
            named = os.path.basename(path.rstrip("/")).strip(".")  # not as ``..``
            faults.append(TargetInsideSource(request.target, path if named else place))
    return faults


def check_target(request: CreateRequest) -> list[ZpackError]:
    """What is wrong with the place for the archive."""
    target = request.target
    if request.to_stream:
        return [TargetIsTerminal()] if os.isatty(STANDARD_OUTPUT) else []
    if not os.path.basename(target) or "\0" in target:
        return [TargetNameless(target)]
    other = other_ending(target)
    if other is not None:
        return [TargetMisnamed(target, other.title)]
    if os.path.isdir(target):
        return [TargetIsDirectory(target)]
    return _check_folder(target) or _check_replaced(request)


def _check_folder(target: str) -> list[ZpackError]:
    folder = os.path.dirname(os.path.realpath(target))
    if not os.path.isdir(folder):
        return [TargetUnwritable(target, "its folder does not exist")]
    if not os.access(folder, os.W_OK | os.X_OK):
        return [TargetUnwritable(target, "you do not have permission")]
    return []


def _check_replaced(request: CreateRequest) -> list[ZpackError]:
    target = request.target
    if request.volume_size is not None:
        return _check_replaced_volumes(request)
    if not os.path.lexists(target):
        return []
    if not request.overwrite:
        return [TargetExists(target)]
    if not os.path.isfile(target):
        return [TargetUnwritable(target, "it is a device or a broken link, not a file")]
    return []


def _check_replaced_volumes(request: CreateRequest) -> list[ZpackError]:
    there = [volume_name(request.target, each) for each in volumes_there(request.target)]
    if there and not request.overwrite:
        return [TargetExists(there[0])]
    return [TargetUnwritable(path, "it is not a file") for path in there if not _is_file(path)]


def _is_file(path: str) -> bool:
    return os.path.isfile(path) and not os.path.islink(path)
