"""Where a new archive goes: a file, volumes, or standard output."""

import os

from zpack.filesystem import AtomicFile, StreamTarget, VolumeSet, volume_name
from zpack.jobs import Control
from zpack.operations.requests import CreateRequest

STANDARD_OUTPUT = 1
Target = AtomicFile | VolumeSet | StreamTarget


def open_target(request: CreateRequest, control: Control) -> Target:
    """What takes the archive; its ``commit`` makes it appear. Raises :class:`TargetUnwritable`."""
    if request.to_stream:
        return StreamTarget(STANDARD_OUTPUT, "standard output", control.check)
    overwrite, check = request.overwrite, control.check
    if request.volume_size is not None:
        return VolumeSet(request.target, request.volume_size, overwrite=overwrite, check=check)
    return AtomicFile(request.target, overwrite=overwrite, check=check)


def place_of(request: CreateRequest) -> str:
    """The path by which the archive can be opened afterwards."""
    return request.target if request.volume_size is None else volume_name(request.target, 1)


def stream_identity() -> tuple[int, int]:
    """Device and inode of standard output: it may be a file among the sources."""
    found = os.fstat(STANDARD_OUTPUT)
    return found.st_dev, found.st_ino
