"""Temporary files and folders beside what they will replace.

Each is locked while its program lives (``flock``), so that what a killed one left can be told from
what another is just writing.
"""

import contextlib
import fcntl
import os
import re
import stat
from collections.abc import Callable

from zpack import filesystem

_SUFFIX = ".zpack-part"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_ANYTHING = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
# What stands after the stem: with a whole name before it, where the stem is not known.
_PATTERN = r"(\..*\.)?[0-9a-f]{8}" + _SUFFIX.replace(".", r"\.")
_KEPT = 180  # a name may have 255 bytes


def temporary_name(name: str) -> str:
    """A hidden name for something that will be called ``name``."""
    return f"{_stem(name)}{os.urandom(4).hex()}{_SUFFIX}"


def _stem(name: str) -> str:
    return f".{os.fsdecode(os.fsencode(name)[:_KEPT])}."


def lock(fd: int) -> bool:
    """Take the lock, if nobody has it. It goes with the descriptor, and with the process."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def lock_for_change(fd: int) -> bool:
    """Take the lock of a file that is to be replaced; False if another program has it. A file
    system without locks has none to be afraid of."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def new_folder_beside(path: str) -> tuple[str, int]:
    """A new hidden folder (mode 0700) beside ``path``, and a locked descriptor of it."""
    parent, name = os.path.split(path)
    place = os.path.join(parent, temporary_name(name))
    os.mkdir(place, 0o700)
    fd = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    lock(fd)
    return place, fd


def remove_left_files(path: str) -> None:
    """Remove files that killed programs left beside ``path`` on its behalf. Raises nothing."""
    folder, name = os.path.split(path)
    _remove_left(folder or ".", _stem(name), _unlink)


def remove_left_folders(path: str) -> None:
    """Remove folders that killed programs left beside ``path`` on its behalf. Raises nothing."""
    folder, name = os.path.split(path)
    _remove_left(folder or ".", _stem(name), _remove_tree)


def remove_left_in(folder: int, *, folders: bool = False) -> None:
    """Remove files, and ``folders`` too, that killed programs left in a folder (a descriptor).
    Raises nothing."""
    _remove_left(folder, "", _unlink)
    if folders:
        _remove_left(folder, "", _remove_tree)


def _remove_left(folder: str | int, stem: str, remove: Callable[[int, str, int], None]) -> None:
    with contextlib.suppress(OSError):
        parent = os.open(folder, _FOLDER) if isinstance(folder, str) else os.dup(folder)
        try:
            for name in os.listdir(parent):
                if name.startswith(stem) and _is_rest(name[len(stem) :]):
                    with contextlib.suppress(OSError):
                        _remove_if_abandoned(parent, name, remove)
        finally:
            os.close(parent)


def _remove_if_abandoned(parent: int, name: str, remove: Callable[[int, str, int], None]) -> None:
    fd = os.open(name, _ANYTHING, dir_fd=parent)
    try:
        if os.fstat(fd).st_uid == os.geteuid() and lock(fd):
            remove(parent, name, fd)
    finally:
        os.close(fd)


def _unlink(parent: int, name: str, fd: int) -> None:
    if stat.S_ISREG(os.fstat(fd).st_mode):
        os.unlink(name, dir_fd=parent)


def _is_rest(name: str) -> bool:
    return name.endswith(_SUFFIX) and re.fullmatch(_PATTERN, name, re.DOTALL) is not None


def _remove_tree(parent: int, name: str, fd: int) -> None:
    filesystem.remove_tree(parent, name, fd)  # loaded where something was left
