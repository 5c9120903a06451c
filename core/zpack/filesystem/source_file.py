"""An archive open for reading."""

import errno
import os
import stat

from zpack.errors import (
    ArchiveChanged,
    ArchiveIsDirectory,
    ArchiveIsPipe,
    ReadFailed,
    SourceMissing,
    SourceUnreadable,
    reason,
    system_failure,
)
from zpack.filesystem.closing import Closing
from zpack.filesystem.patience import Patience


class SourceFile(Closing):
    """Positional reads from any thread. ``bytes_read`` counts what was read so far; ``mtime_ns`` is
    the file's time, in ns since 1970. ``patience`` is for a disk that refuses for a moment.

    Raises :class:`SourceMissing`, :class:`SourceUnreadable`, :class:`ArchiveIsDirectory` or
    :class:`ArchiveIsPipe`.
    """

    volumes: tuple[str, ...] = ()  # paths, if it is in several
    next_volume: str | None = None  # what the last one may have lost: nothing tells their number

    def __init__(self, path: str, patience: Patience | None = None) -> None:
        self.path = path
        self._fd = -1
        self._patience = patience or Patience()
        try:
            self._fd = self._open()
            self._stat = os.fstat(self._fd)
        except FileNotFoundError:
            raise ArchiveIsPipe(path) if path == "-" else SourceMissing(path) from None
        except OSError as error:
            raise SourceUnreadable(path, reason(error)) from error
        if not stat.S_ISREG(self._stat.st_mode):
            self.close()
            if stat.S_ISDIR(self._stat.st_mode):
                raise ArchiveIsDirectory(path)
            raise ArchiveIsPipe(path)
        self.size = self._stat.st_size
        self.mtime_ns = self._stat.st_mtime_ns
        self.bytes_read = 0

    def _open(self) -> int:
        # Not blocking: opening a FIFO would wait for a writer that never comes.
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
        try:
            return os.open(self.path, flags)
        except OSError as error:
            return self._patience.reading(error, lambda: os.open(self.path, flags))

    def pread(self, length: int, offset: int) -> bytes:
        """Up to ``length`` bytes at ``offset``; fewer only at the end of the file.

        Raises :class:`ReadFailed` where the disk has a bad spot, and the errors of
        ``system_failure``.
        """
        try:
            data = self._read(length, offset)
            while data and len(data) < length:
                more = self._read(length - len(data), offset + len(data))
                if not more:
                    break
                data += more
        except OSError as error:
            if error.errno == errno.EIO:
                raise ReadFailed(self.path, reason(error)) from error
            raise system_failure(error, self.path) from error
        self.bytes_read += len(data)
        return data

    def _read(self, length: int, offset: int) -> bytes:
        try:
            return os.pread(self._fd, length, offset)
        except OSError as error:
            return self._patience.reading(error, lambda: os.pread(self._fd, length, offset))

    @property
    def fd(self) -> int:
        """The open descriptor."""
        return self._fd

    @property
    def found(self) -> os.stat_result:
        """What the system told of it when it was opened."""
        return self._stat

    def check_in_place(self) -> None:
        """Raises :class:`ArchiveChanged` if what has its name now is not what was opened, or was
        written to since."""
        self.check_unchanged()
        try:
            now = os.stat(self.path)
        except OSError:
            raise ArchiveChanged(self.path) from None
        if not os.path.samestat(now, self._stat):
            raise ArchiveChanged(self.path)

    def check_unchanged(self) -> None:
        """Raises :class:`ArchiveChanged` if another program wrote to it since it was opened."""
        if self.changed:
            raise ArchiveChanged(self.path)

    @property
    def changed(self) -> bool:
        """Whether another program wrote to it since it was opened. Raises the errors of
        ``system_failure``."""
        try:
            now = os.fstat(self._fd)
        except OSError as error:
            raise system_failure(error, self.path) from error
        return (now.st_size, now.st_mtime_ns) != (self._stat.st_size, self._stat.st_mtime_ns)

    def close(self) -> None:
        """Close it; again is harmless."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
