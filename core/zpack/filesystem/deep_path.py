"""Paths longer than the system takes at once (4,095 bytes on Linux): walked folder by folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_PATH_MAX = 4096  # with the NUL at the end
_NAME_MAX = 255
_STEP = 3000  # bytes of a path that are taken at once
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def open_deep(path: bytes, flags: int) -> int:
    """``os.open`` for a path of any length."""
    if len(path) < _PATH_MAX:
        return os.open(path, flags)
    folder, name = os.path.split(path)
    fd = _open_folder(folder)
    try:
        return os.open(name, flags, dir_fd=fd)
    finally:
        os.close(fd)


def stat_deep(path: bytes, *, follow: bool) -> os.stat_result:
    """``os.stat`` for a path of any length."""
    if len(path) < _PATH_MAX:
        return os.stat(path, follow_symlinks=follow)
    folder, name = os.path.split(path)
    with short_way(folder) as place:
        return os.stat(os.path.join(place, name), follow_symlinks=follow)


@contextmanager
def short_way(path: bytes) -> Iterator[bytes]:
    """A path of the folder ``path`` that a name can be added to, while the ``with`` lasts."""
    if len(path) + 1 + _NAME_MAX < _PATH_MAX:
        yield path
        return
    fd = _open_folder(path)
    try:
        yield b"/proc/self/fd/%d" % fd
    finally:
        os.close(fd)


def _open_folder(path: bytes) -> int:
    fd: int | None = None
    try:
        while path:
            part, path = _split(path)
            below = os.open(part, _FOLDER, dir_fd=fd)
            if fd is not None:
                os.close(fd)
            fd = below
    except OSError:
        if fd is not None:
            os.close(fd)
        raise
    assert fd is not None
    return fd


def _split(path: bytes) -> tuple[bytes, bytes]:
    """As many whole names from the front as can be taken at once, and the rest."""
    if len(path) <= _STEP:
        return path, b""
    at = path.rfind(b"/", 1, _STEP)
    if at < 0:
        return path, b""  # one name that no disk has
    return path[:at], path[at:].lstrip(b"/")
