"""A file that appears only when whole."""

import contextlib
import os
import stat
from collections.abc import Callable

from zpack.errors import (
    TargetExists,
    TargetIsDirectory,
    TargetUnwritable,
    reason,
    system_failure,
)
from zpack.filesystem.closing import Closing
from zpack.filesystem.copying import copy_pieces, keep_owner
from zpack.filesystem.destination import publish
from zpack.filesystem.patience import Patience, write_all
from zpack.filesystem.temporary import lock, remove_left_files, temporary_name
from zpack.filesystem.umask import UMASK


class AtomicFile(Closing):
    """Written beside ``target`` under a hidden name, and renamed over it by :meth:`commit`, after
    fsync. Leaving the ``with`` without a commit removes it. For one thread at a time.
    ``temporary`` is the path of the hidden name.

    A target that is a symbolic link stays one: what it points to is replaced. Raises
    :class:`TargetUnwritable`, and in ``write`` and ``commit`` the errors of ``system_failure``.
    """

    def __init__(
        self, target: str, *, overwrite: bool, check: Callable[[], None] | None = None
    ) -> None:
        self._patience = Patience(check) if check else Patience()
        self.target = os.path.realpath(target)
        self._overwrite = overwrite
        folder, name = os.path.split(self.target)
        remove_left_files(self.target)
        self._folder = folder
        self.temporary = os.path.join(folder, temporary_name(name))
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            self._fd = os.open(self.temporary, flags, 0o600)
        except OSError as error:
            raise TargetUnwritable(target, reason(error)) from error
        lock(self._fd)
        self.written = 0
        self._kept_mode: int | None = None

    def write(self, data: bytes) -> None:
        """Append all of ``data``."""
        try:
            write_all(self._fd, data, self._patience)
        except OSError as error:
            raise system_failure(error, self.target) from error
        self.written += len(data)

    def sync(self) -> None:
        """Bring all of it to the disk, so that what is read then comes from there."""
        try:
            os.fsync(self._fd)
        except OSError as error:
            raise system_failure(error, self.target) from error
        with contextlib.suppress(OSError, AttributeError):  # not every system has it
            os.posix_fadvise(self._fd, 0, 0, os.POSIX_FADV_DONTNEED)

    def append_from(
        self, source: int, offset: int, length: int, step: Callable[[int], None]
    ) -> None:
        """Append ``length`` bytes of another file (a descriptor), without copying where the file
        system can share them. ``step`` is called with each piece's length, and may raise."""
        try:
            for count in copy_pieces(source, self._fd, offset, length):
                self.written += count
                step(count)
        except OSError as error:
            raise system_failure(error, self.target) from error

    def write_start(self, data: bytes) -> None:
        """Put ``data`` in the place of what the file begins with."""
        try:
            end = os.lseek(self._fd, 0, os.SEEK_CUR)
            os.lseek(self._fd, 0, os.SEEK_SET)
            write_all(self._fd, data, self._patience)
            os.lseek(self._fd, end, os.SEEK_SET)
        except OSError as error:
            raise system_failure(error, self.target) from error

    def keep_owner(self, found: os.stat_result) -> None:
        """Give it the owner of the file that it replaces, as far as the system permits. A group
        that it cannot have loses nothing by what others may not see."""
        self._kept_mode = keep_owner(self._fd, found)

    def commit(self, check: Callable[[], None] | None = None) -> None:
        """Make it durable and put it in place. ``check`` is called right before, and may raise.

        Raises :class:`TargetExists` if something took the place that must not be replaced.
        """
        try:
            os.fchmod(self._fd, self._mode() if self._kept_mode is None else self._kept_mode)
            os.fsync(self._fd)
            if check is not None:
                check()
            self._place()
            self._close()
            _sync_folder(self._folder)
        except IsADirectoryError:
            raise TargetIsDirectory(self.target) from None
        except OSError as error:
            raise system_failure(error, self.target) from error

    def _mode(self) -> int:
        try:
            return stat.S_IMODE(os.stat(self.target).st_mode)
        except OSError:
            return 0o666 & ~UMASK

    def _place(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            hidden = os.fsencode(os.path.basename(self.temporary))
            name = os.fsencode(os.path.basename(self.target))
            publish(folder, hidden, name, replace=self._overwrite)
        except FileExistsError:
            raise TargetExists(self.target) from None
        finally:
            os.close(folder)

    def _close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def close(self) -> None:
        """Let go of it; what was not committed is removed."""
        if self._fd >= 0:
            with contextlib.suppress(OSError):
                os.unlink(self.temporary)
            self._close()


def _sync_folder(path: str) -> None:
    # Some file systems refuse to sync a folder; the file itself is safe by then.
    with contextlib.suppress(OSError):
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
