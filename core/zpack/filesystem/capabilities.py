"""What a disk can do, found out by trying it."""

import contextlib
import errno
import fcntl
import os
from collections.abc import Callable

from zpack.filesystem.temporary import new_folder_beside, remove_left_folders
from zpack.records import record

_FICLONE = 0x40049409  # Linux: share another file's blocks
_SPARSE_SIZE = 8 << 20
_MOMENT = 1_600_000_000_123_456_789
_ACL = "system.posix_acl_access"
_TRIED_UNDER = "zpack-doctor"


@record
class DiskAbilities:
    """What works on the disk that a folder is on. None: it could not be tried.

    ``reflink``: copies share their blocks until one is written to. ``folder_sync``: a rename can be
    made to survive a power cut. ``nanoseconds``: times are kept exactly. ``longest_name`` in bytes;
    ``free`` in bytes.
    """

    writable: bool
    free: int | None = None
    longest_name: int | None = None
    reflink: bool | None = None
    hard_links: bool | None = None
    symlinks: bool | None = None
    xattrs: bool | None = None
    acls: bool | None = None
    sparse: bool | None = None
    folder_sync: bool | None = None
    locks: bool | None = None
    nanoseconds: bool | None = None
    case_sensitive: bool | None = None


def try_disk(folder: str) -> DiskAbilities:
    """Try what the disk of ``folder`` can do, in a hidden folder that is gone afterwards.

    Raises ``OSError`` if the folder does not exist; one that cannot be written to has only what can
    be known without.
    """
    room = os.statvfs(folder)
    free = room.f_bavail * room.f_frsize
    longest = room.f_namemax or None
    place = os.path.join(folder, _TRIED_UNDER)
    clear_tried(folder)
    try:
        path, fd = new_folder_beside(place)
    except NotADirectoryError:
        raise
    except OSError:
        return DiskAbilities(False, free, longest)
    try:
        return _try_in(path, fd, free, longest)
    finally:
        os.close(fd)
        clear_tried(folder)


def clear_tried(folder: str) -> None:
    """Remove what :func:`try_disk` left, also in a process that was killed. Raises nothing."""
    remove_left_folders(os.path.join(folder, _TRIED_UNDER))


def _try_in(path: str, folder: int, free: int, longest: int | None) -> DiskAbilities:
    def at(name: str) -> str:
        return os.path.join(path, name)

    with open(at("file"), "wb") as file:
        file.write(bytes(64 << 10))
    return DiskAbilities(
        True,
        free,
        longest,
        reflink=_works(lambda: _clone(at("file"), at("copy"))),
        hard_links=_works(lambda: os.link(at("file"), at("link"))),
        symlinks=_works(lambda: os.symlink("file", at("symlink"))),
        xattrs=_works(lambda: os.setxattr(at("file"), "user.zpack", b"1")),
        acls=_has_acls(at("file")),
        sparse=_is_sparse(at("holes")),
        folder_sync=_works(lambda: os.fsync(folder)),
        locks=_works(lambda: _lock(at("file"))),
        nanoseconds=_keeps_time(at("file")),
        case_sensitive=not os.path.lexists(at("FILE")),
    )


def _works(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, AttributeError):  # the disk, or the system, does not know it
        return False
    return True


def _clone(source: str, copy: str) -> None:
    with open(source, "rb") as old, open(copy, "wb") as new:
        fcntl.ioctl(new.fileno(), _FICLONE, old.fileno())


def _lock(path: str) -> None:
    with open(path, "rb") as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _has_acls(path: str) -> bool:
    try:
        os.getxattr(path, _ACL)
    except AttributeError:
        return False
    except OSError as error:
        return error.errno == errno.ENODATA  # it could have one, and has none
    return True


def _is_sparse(path: str) -> bool:
    with contextlib.suppress(OSError):
        with open(path, "wb") as file:
            file.seek(_SPARSE_SIZE)
            file.write(b"\0")
        return os.stat(path).st_blocks * 512 < _SPARSE_SIZE // 2
    return False


def _keeps_time(path: str) -> bool:
    with contextlib.suppress(OSError):
        os.utime(path, ns=(_MOMENT, _MOMENT))
        return os.stat(path).st_mtime_ns == _MOMENT
    return False
