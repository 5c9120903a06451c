"""Clears up after a job whose process was killed before it could do so itself."""

import os
from contextlib import suppress

from zpack.errors import UnknownPreset
from zpack.filesystem import clear_tried, remove_left_files, remove_left_folders, remove_left_in
from zpack.operations.each_target import target_for
from zpack.operations.edit_requests import EditRequest
from zpack.operations.requests import (
    AddRecoveryRequest,
    CreateEachRequest,
    CreateFromTarRequest,
    CreateRequest,
    DoctorRequest,
    ExtractRequest,
    RepairRequest,
    Request,
)

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def clear_leftovers(request: Request) -> None:
    """Remove what a killed run of ``request`` left; what a living program writes stays.

    Files in folders below an existing destination are left to the next extraction into it. Raises
    nothing.
    """
    if isinstance(request, CreateFromTarRequest):
        request = request.wishes
    for written in _archives_of(request):
        remove_left_files(os.path.realpath(written))
    if isinstance(request, CreateRequest):
        remove_left_files(os.path.realpath(request.target))
        if request.volume_size is not None:
            remove_left_folders(os.path.realpath(request.target))
    elif isinstance(request, CreateEachRequest):
        each = request.each
        with suppress(UnknownPreset):  # then nothing was begun
            for source in each.sources:
                target = target_for(each.target, source, each.preset)
                remove_left_files(os.path.realpath(target))
    elif isinstance(request, DoctorRequest):
        clear_tried(os.path.realpath(request.path))
    elif isinstance(request, ExtractRequest):
        destination = os.path.realpath(request.destination)
        remove_left_folders(destination)
        try:
            fd = os.open(destination, _FOLDER)
        except OSError:
            return
        try:
            remove_left_in(fd, folders=True)
        finally:
            os.close(fd)


def _archives_of(request: Request) -> tuple[str, ...]:
    """What is written by requests that make archives of archives."""
    if isinstance(request, RepairRequest):
        return tuple(filter(None, (request.target, request.partial)))
    if isinstance(request, AddRecoveryRequest):
        return (request.target or request.archive,)
    return (request.archive,) if isinstance(request, EditRequest) else ()
