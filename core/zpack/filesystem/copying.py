"""Copies parts of files, sharing their blocks where the file system can."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator

PIECE = 4 << 20  # a piece cannot be interrupted; a multiple of any block, so that it can be shared
_NOT_HERE = (errno.ENOSYS, errno.EXDEV, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM, errno.EBADF)


def copy_pieces(source: int, target: int, offset: int, length: int) -> Iterator[int]:
    """Append ``length`` bytes at ``offset`` of one descriptor to another; yields the length of each
    piece (at most 4 MiB) once it is there.

    Raises ``OSError``, with ``EIO`` if the source ends before.
    """
    copy = _copy_in_kernel if hasattr(os, "copy_file_range") else _copy_by_hand
    end = offset + length
    while offset < end:
        # The first piece is shorter, so that those after it begin where blocks do.
        wanted = min(end, (offset // PIECE + 1) * PIECE) - offset
        try:
            count = copy(source, target, wanted, offset)
        except OSError as error:
            if copy is _copy_by_hand or error.errno not in _NOT_HERE:
                raise
            count = 0
        if not count:
            if copy is _copy_by_hand:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            copy = _copy_by_hand  # some file systems say so by copying nothing
            continue
        offset += count
        yield count


def _copy_in_kernel(source: int, target: int, length: int, offset: int) -> int:
    return os.copy_file_range(source, target, length, offset)


def _copy_by_hand(source: int, target: int, length: int, offset: int) -> int:
    data = memoryview(os.pread(source, length, offset))
    count = len(data)
    while data:
        data = data[os.write(target, data) :]
    return count


def keep_owner(fd: int, found: os.stat_result) -> int:
    """Give an open file owner and group of ``found``, as far as the system permits; returns the
    mode that it should get. Under another group nobody may see more than everybody could."""
    mode = stat.S_IMODE(found.st_mode)
    with contextlib.suppress(OSError):
        os.fchown(fd, found.st_uid, -1)
    try:
        os.fchown(fd, -1, found.st_gid)
    except OSError:
        mode = mode & ~0o070 | (mode & 0o007) << 3
    return mode
