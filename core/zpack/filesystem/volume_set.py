"""An archive written in volumes, which appear only when all of them are whole."""

import contextlib
import os
import shutil
from collections.abc import Callable

from zpack.errors import (
    TargetExists,
    TargetUnwritable,
    TooManyVolumes,
    VolumesAside,
    reason,
    system_failure,
)
from zpack.filesystem.closing import Closing
from zpack.filesystem.destination import NO_HARD_LINKS, open_new_file
from zpack.filesystem.patience import Patience, write_all
from zpack.filesystem.temporary import new_folder_beside, remove_left_folders
from zpack.filesystem.umask import UMASK
from zpack.filesystem.volume_names import MOST_VOLUMES, volume_name, volumes_there

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_ASIDE = ".zpack-old"


class VolumeSet(Closing):
    """Written in a hidden folder beside ``target``, each volume of ``size`` bytes but the last;
    moved to their names by :meth:`commit`, the first last. Leaving the ``with`` without a commit
    removes them. For one thread at a time. ``temporary`` is the path of the first in the folder.

    Raises :class:`TargetUnwritable`, and in ``write`` and ``commit`` the errors of
    ``system_failure``.
    """

    def __init__(
        self, target: str, size: int, *, overwrite: bool, check: Callable[[], None]
    ) -> None:
        self.target = os.path.realpath(target)
        self._size = size
        self._overwrite = overwrite
        self._patience = Patience(check)
        self._parent, self._name = os.path.split(self.target)
        remove_left_folders(self.target)
        try:
            self._folder, self._lock = new_folder_beside(self.target)
        except OSError as error:
            raise TargetUnwritable(target, reason(error)) from error
        self._fd = -1
        self._left = 0
        self.count = 0
        self.written = 0

    @property
    def first(self) -> str:
        """The path that the first volume will have."""
        return volume_name(self.target, 1)

    @property
    def temporary(self) -> str:
        """Where the first volume is until then."""
        return os.path.join(self._folder, volume_name(self._name, 1))

    def write(self, data: bytes) -> None:
        """Append all of ``data``. Raises :class:`TooManyVolumes` too."""
        view = memoryview(data)
        try:
            while view:
                if not self._left:
                    self._begin()
                piece = view[: self._left]
                write_all(self._fd, piece, self._patience)
                self._left -= len(piece)
                self.written += len(piece)
                view = view[len(piece) :]
        except OSError as error:
            raise system_failure(error, self.target) from error

    def _begin(self) -> None:
        self._end()
        if self.count == MOST_VOLUMES:
            raise TooManyVolumes(self.target, MOST_VOLUMES)
        self.count += 1
        self._fd = os.open(volume_name(self._name, self.count), _NEW, 0o600, dir_fd=self._lock)
        self._left = self._size

    def _end(self) -> None:
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            try:
                os.fchmod(fd, 0o666 & ~UMASK)
                os.fsync(fd)
                with contextlib.suppress(OSError, AttributeError):
                    os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(fd)

    def sync(self) -> None:
        """Bring all of it to the disk, so that what is read then comes from there."""
        try:
            self._end()
        except OSError as error:
            raise system_failure(error, self.target) from error

    def commit(self) -> None:
        """Put all in place. Raises :class:`TargetExists` if something took one of the names, and
        must not be replaced."""
        self.sync()
        try:
            parent = os.open(self._parent, _FOLDER)
            try:
                self._place_all(parent)
                _sync(parent)
            finally:
                os.close(parent)
        except OSError as error:
            raise system_failure(error, self.target) from error
        self._clear()

    def _place_all(self, parent: int) -> None:
        aside = _Aside(parent, self._name) if self._overwrite else None
        placed: list[int] = []
        try:
            if aside is not None:
                aside.take(volumes_there(self.target))
            for number in range(self.count, 0, -1):
                self._place(parent, number)
                placed.append(number)
        except BaseException as error:
            for number in placed:
                os.unlink(volume_name(self._name, number), dir_fd=parent)
            if aside is not None:
                aside.give_back()
            if isinstance(error, FileExistsError):
                raise TargetExists(volume_name(self.target, number)) from None
            raise
        if aside is not None:
            _sync(parent)
            aside.clear()

    def _place(self, parent: int, number: int) -> None:
        """Give a volume its name, which nothing has."""
        name = volume_name(self._name, number)
        try:
            os.link(name, name, src_dir_fd=self._lock, dst_dir_fd=parent, follow_symlinks=False)
        except OSError as error:
            if error.errno not in NO_HARD_LINKS:
                raise
            # A disk without hard links: an empty file takes the name first.
            os.close(open_new_file(parent, os.fsencode(name)))
            os.rename(name, name, src_dir_fd=self._lock, dst_dir_fd=parent)

    def _clear(self) -> None:
        if self._lock >= 0:
            shutil.rmtree(self._folder, ignore_errors=True)
            os.close(self._lock)
            self._lock = -1

    def close(self) -> None:
        """Let go of it; what was not committed is removed."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
        self._clear()


def _sync(folder: int) -> None:
    # Some file systems refuse to sync a folder; the files themselves are safe by then.
    with contextlib.suppress(OSError):
        os.fsync(folder)


class _Aside:
    """Keeps the volumes that are replaced until the new ones are in place: whenever the program is
    killed, one of both sets is whole, here or there. No later run clears it."""

    def __init__(self, parent: int, name: str) -> None:
        self._parent = parent
        self._folder = f".{name}{_ASIDE}"
        self._name = name
        self._taken: list[int] = []
        self._fd = -1

    def take(self, numbers: list[int]) -> None:
        if not numbers:
            return
        try:
            os.mkdir(self._folder, 0o700, dir_fd=self._parent)
        except FileExistsError:
            raise VolumesAside(self._name, self._folder) from None
        self._fd = os.open(self._folder, _FOLDER | os.O_NOFOLLOW, dir_fd=self._parent)
        for number in numbers:
            name = volume_name(self._name, number)
            os.rename(name, name, src_dir_fd=self._parent, dst_dir_fd=self._fd)
            self._taken.append(number)

    def give_back(self) -> None:
        for number in reversed(self._taken):
            name = volume_name(self._name, number)
            os.rename(name, name, src_dir_fd=self._fd, dst_dir_fd=self._parent)
        self._taken.clear()
        self.clear()

    def clear(self) -> None:
        if self._fd < 0:
            return
        for number in self._taken:
            os.unlink(volume_name(self._name, number), dir_fd=self._fd)
        os.close(self._fd)
        self._fd = -1
        os.rmdir(self._folder, dir_fd=self._parent)
