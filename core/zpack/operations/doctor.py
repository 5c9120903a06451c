"""What this machine, and the disk of a folder, can do."""

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from zpack.errors import RequestRefused, SourceMissing, SourceUnreadable, reason
from zpack.filesystem import DiskAbilities, try_disk
from zpack.jobs import Control, core_count, memory_limit
from zpack.operations.doctor_report import Component, DoctorReport, Note
from zpack.operations.request_types import check_types
from zpack.operations.requests import DoctorRequest
from zpack.version import __version__

_LIBRARIES = ("zstandard", "lz4", "xxhash", "pathspec", "Send2Trash", "PySide6-Essentials")
_WITHOUT = {
    "writable": "You cannot write there, so little could be tried.",
    "reflink": "Files cannot share blocks: editing an archive copies all of it.",
    "hard_links": "Without hard links, those in archives are reported and not made.",
    "symlinks": "Without symbolic links, those in archives are reported and not made.",
    "xattrs": "Without extended attributes, those in archives are reported and not set.",
    "acls": "Without access control lists, those in archives are reported and not set.",
    "sparse": "Files with holes take their whole size.",
    "folder_sync": "After a power cut an archive that was just replaced may be the old one.",
    "locks": "What a killed zpack left cannot be told from work that is going on.",
    "nanoseconds": "Times are rounded, by up to two seconds on some disks.",
    "case_sensitive": "A.TXT and a.txt are one file: the second one is a conflict.",
}


def doctor(request: DoctorRequest, control: Control) -> DoctorReport:
    """Look at this machine and try the disk of ``request.path``, in a hidden folder there.

    What is missing is a note, with what zpack does without it; nothing of it is a failure. Raises
    :class:`RequestRefused` if the folder is not there.
    """
    check_types(request, DoctorRequest)
    control.progress.phase = "trying the disk"
    path = os.path.realpath(request.path)
    try:
        disk = try_disk(path)
    except FileNotFoundError:
        raise RequestRefused([SourceMissing(request.path)]) from None
    except OSError as error:
        raise RequestRefused([SourceUnreadable(request.path, reason(error))]) from error
    return DoctorReport(
        path=path,
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        components=tuple(_components()),
        cores=core_count(),
        cores_present=os.cpu_count() or 1,
        memory=memory_limit(),
        disk=disk,
        notes=tuple(_notes(disk)),
    )


def _components() -> Iterator[Component]:
    yield Component("zpack", __version__)
    yield Component("Python", platform.python_version())
    for name in _LIBRARIES:
        try:
            yield Component(name, version(name))
        except PackageNotFoundError:
            yield Component(name, "")


def _notes(disk: DiskAbilities) -> Iterator[Note]:
    for ability, meaning in _WITHOUT.items():
        if getattr(disk, ability) is False:
            yield Note(ability, meaning)
