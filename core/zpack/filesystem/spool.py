"""Room for what has to wait before it is written in order."""

import contextlib
import errno
import os

from zpack.errors import system_failure
from zpack.filesystem.closing import Closing
from zpack.filesystem.temporary import temporary_name

_NAMELESS = getattr(os, "O_TMPFILE", 0)
_NO_NAMELESS = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT)


class Spool(Closing):
    """A nameless file in ``folder``: it is gone when the program is, however that ends. ``path`` is
    what it is for, to be named where the disk is full. For one thread at a time.

    Raises the errors of ``system_failure``.
    """

    def __init__(self, folder: str, path: str) -> None:
        self._path = path
        try:
            self._fd = _open(folder)
        except OSError as error:
            raise system_failure(error, path) from error

    def write(self, data: "bytes | memoryview[int]", offset: int) -> None:
        """Put all of ``data`` at an offset."""
        view = memoryview(data)
        try:
            while view:
                count = os.pwrite(self._fd, view, offset)
                view, offset = view[count:], offset + count
        except OSError as error:
            raise system_failure(error, self._path) from error

    def read(self, length: int, offset: int) -> bytes:
        """What was put there; fewer bytes only at the end."""
        try:
            data = os.pread(self._fd, length, offset)
            while data and len(data) < length:
                more = os.pread(self._fd, length - len(data), offset + len(data))
                if not more:
                    break
                data += more
        except OSError as error:
            raise system_failure(error, self._path) from error
        return data

    def close(self) -> None:
        """Let go of it; again is harmless."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def _open(folder: str) -> int:
    if _NAMELESS:
        try:
            return os.open(folder, os.O_RDWR | os.O_CLOEXEC | _NAMELESS, 0o600)
        except OSError as error:
            if error.errno not in _NO_NAMELESS:
                raise
    path = os.path.join(folder, temporary_name("spool"))
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with contextlib.suppress(OSError):
        os.unlink(path)
    return fd
