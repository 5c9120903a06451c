"""How much there is in files and folders, counted on a thread while a dialog shows it."""

import os
from dataclasses import dataclass
from stat import S_ISDIR, S_ISREG

from zpack.jobs import Control

_STEP = 500


@dataclass(slots=True)
class SourceTally:
    """Of one source; written by the counting thread, read by the window's. ``bytes`` is content."""

    path: str
    files: int = 0
    folders: int = 0
    bytes: int = 0
    unreadable: int = 0
    is_folder: bool = False
    finished: bool = False


def count(tallies: tuple[SourceTally, ...], control: Control) -> None:
    """Count each source, following no links."""
    for tally in tallies:
        _count_one(tally, control)
        tally.finished = True


def _count_one(tally: SourceTally, control: Control) -> None:
    control.check()
    try:
        status = os.lstat(tally.path)
    except OSError:
        tally.unreadable += 1
        return
    if not S_ISDIR(status.st_mode):
        tally.files = 1
        tally.bytes = status.st_size if S_ISREG(status.st_mode) else 0
        return
    tally.is_folder = True
    folders = [tally.path]
    while folders:
        _count_folder(folders.pop(), folders, tally, control)


def _count_folder(path: str, folders: list[str], tally: SourceTally, control: Control) -> None:
    try:
        with os.scandir(path) as entries:
            for number, entry in enumerate(entries):
                if number % _STEP == 0:
                    control.check()
                _count_entry(entry, folders, tally)
    except OSError:
        tally.unreadable += 1


def _count_entry(entry: "os.DirEntry[str]", folders: list[str], tally: SourceTally) -> None:
    if entry.is_dir(follow_symlinks=False):
        tally.folders += 1
        folders.append(entry.path)
        return
    tally.files += 1
    if entry.is_file(follow_symlinks=False):
        tally.bytes += entry.stat(follow_symlinks=False).st_size
