"""Temporary files and folders beside what they will replace.

Each is locked while its program lives (``flock``), so that what a killed one left can be told from
what another is just writing.
"""

import fcntl
import os
import secrets
import shutil

_SUFFIX = ".zpack-part"
_KEPT = 180  # a name may have 255 bytes


def temporary_name(name: str) -> str:
    """A hidden name for something that will be called ``name``."""
    return f"{_stem(name)}{secrets.token_hex(4)}{_SUFFIX}"


def _stem(name: str) -> str:
    return f".{os.fsdecode(os.fsencode(name)[:_KEPT])}."


def lock(fd: int) -> bool:
    """Take the lock, if nobody has it. It goes with the descriptor, and with the process."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def new_folder_beside(path: str) -> tuple[str, int]:
    """A new hidden folder (mode 0700) beside ``path``, and a locked descriptor of it."""
    parent, name = os.path.split(path)
    place = os.path.join(parent, temporary_name(name))
    os.mkdir(place, 0o700)
    fd = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    lock(fd)
    return place, fd


def remove_leftovers(path: str) -> None:
    """Remove what killed programs left beside ``path`` on its behalf; never raises ``OSError``."""
    parent, name = os.path.split(path)
    stem = _stem(name)
    try:
        found = [
            entry.path for entry in os.scandir(parent or ".") if _is_leftover(entry.name, stem)
        ]
    except OSError:
        return
    for place in found:
        _remove_if_abandoned(place)


def _is_leftover(name: str, stem: str) -> bool:
    token = name[len(stem) : -len(_SUFFIX)]
    return name.startswith(stem) and name.endswith(_SUFFIX) and len(token) == 8


def _remove_if_abandoned(place: str) -> None:
    try:
        fd = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return
    try:
        if lock(fd):
            if os.path.isdir(place):
                shutil.rmtree(place, ignore_errors=True)
            else:
                os.unlink(place)
    except OSError:
        pass
    finally:
        os.close(fd)
