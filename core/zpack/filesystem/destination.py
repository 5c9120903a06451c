"""Writing into a folder without ever following a link out of it.

Every path is walked from the destination's own descriptor, component by component, with
``O_NOFOLLOW``; files are made with ``O_EXCL``. So a link that was there before, or that another
program puts there meanwhile, is never written through.
"""

import contextlib
import errno
import os
import stat
from collections import OrderedDict

from zpack.entries import Attributes, Kind, Listing, ListingError

FEW_FOLDERS = 64
NODE_TYPES = {
    Kind.CHARACTER_DEVICE: stat.S_IFCHR,
    Kind.BLOCK_DEVICE: stat.S_IFBLK,
    Kind.FIFO: stat.S_IFIFO,
}
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# Not blocking: opening a FIFO would wait for a writer that never comes.
_READ_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_NS = 1_000_000_000
NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)


class Folders:
    """Descriptors of the destination's folders, by their rows; the last ``most`` are kept open.
    Rows below ``top`` are the destination itself.

    For one thread: each has its own. ``root`` stays the caller's.
    """

    def __init__(
        self, root: int, listing: Listing, most: int = FEW_FOLDERS, *, top: int = 1
    ) -> None:
        self._most = most
        self._root = root
        self._listing = listing
        self._top = top
        self._open: OrderedDict[int, int] = OrderedDict()

    def get(self, row: int) -> int:
        """A descriptor of a folder that exists; good until the next call. Raises ``OSError``."""
        if row < self._top:
            return self._root
        fd = self._open.get(row)
        if fd is not None:
            self._open.move_to_end(row)
            return fd
        missing = [row]
        top = self._top
        while (above := self._listing.parent[missing[-1]]) >= top and above not in self._open:
            if above >= missing[-1]:
                raise ListingError(f"row {row} lies in a loop")
            missing.append(above)
        fd = self._root if above < top else self._open[above]
        for below in reversed(missing):
            fd = os.open(_component(self._listing.name(below)), _FOLDER_FLAGS, dir_fd=fd)
            self._keep(below, fd)
        return fd

    def _keep(self, row: int, fd: int) -> None:
        self._open[row] = fd
        if len(self._open) > self._most:
            os.close(self._open.popitem(last=False)[1])

    def close(self) -> None:
        """Close all but the root."""
        while self._open:
            os.close(self._open.popitem()[1])


def _component(name: bytes) -> bytes:
    """``O_NOFOLLOW`` watches only the last part of a path: so a name must be one part."""
    if b"/" in name or name in (b"", b".", b".."):
        raise OSError(errno.EINVAL, "its name is not possible on any disk")
    return name


def make_folder(parent: int, name: bytes) -> bool:
    """Make a folder, private until its metadata is set; False if there is one already.

    Raises ``OSError`` (``NotADirectoryError`` if something else has the name).
    """
    try:
        os.mkdir(_component(name), 0o700, dir_fd=parent)
    except FileExistsError:
        os.close(os.open(name, _FOLDER_FLAGS, dir_fd=parent))
        return False
    return True


def open_new_file(folder: int, name: bytes) -> int:
    """A descriptor of a new file, private until its metadata is set. Raises ``OSError``."""
    return os.open(_component(name), _FILE_FLAGS, 0o600, dir_fd=folder)


def make_node(folder: int, name: bytes, attributes: Attributes) -> None:
    """A device or a FIFO, private until its metadata is set. Raises ``OSError``."""
    device = os.makedev(*attributes.device) if attributes.device else 0
    kind = NODE_TYPES[Kind(attributes.kind)]
    os.mknod(_component(name), kind | 0o600, device, dir_fd=folder)


def exists(folder: int, name: bytes) -> bool:
    """Whether anything has this name, a link that leads nowhere too. Raises ``OSError``."""
    try:
        os.stat(_component(name), dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def look_at(folder: int, name: bytes) -> os.stat_result:
    """What has this name; of a link, the link itself. Raises ``OSError``."""
    return os.stat(_component(name), dir_fd=folder, follow_symlinks=False)


def open_file(folder: int, name: bytes) -> int:
    """A descriptor to read a file that exists. Raises ``OSError``, also for a link."""
    return os.open(_component(name), _READ_FLAGS, dir_fd=folder)


def link_target(folder: int, name: bytes) -> bytes:
    """Where a symbolic link points to. Raises ``OSError``."""
    return os.readlink(_component(name), dir_fd=folder)


def publish(folder: int, hidden: bytes, name: bytes, *, replace: bool) -> None:
    """Give a file its name in its folder: over what has it, or only if nothing has.

    Raises ``OSError``: ``FileExistsError`` if something has the name and may not be replaced.
    """
    if not replace:
        try:
            os.link(
                hidden,
                _component(name),
                src_dir_fd=folder,
                dst_dir_fd=folder,
                follow_symlinks=False,
            )
            os.unlink(hidden, dir_fd=folder)
            return
        except OSError as error:
            if error.errno not in NO_HARD_LINKS:
                raise
        # A disk without hard links: an empty file takes the name first.
        os.close(open_new_file(folder, name))
    try:
        os.rename(hidden, _component(name), src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        if not replace:
            os.unlink(name, dir_fd=folder)
        raise


def make_hard_link(source: int, source_name: bytes, folder: int, name: bytes) -> None:
    """Another name for a file that was made here. Raises ``OSError``."""
    os.link(
        _component(source_name),
        _component(name),
        src_dir_fd=source,
        dst_dir_fd=folder,
        follow_symlinks=False,
    )


def make_symlink(folder: int, name: bytes, target: bytes, attributes: Attributes) -> None:
    """A symbolic link, with its own time where the disk keeps one. Raises ``OSError``."""
    os.symlink(target, _component(name), dir_fd=folder)
    when = attributes.mtime * _NS + attributes.mtime_ns
    with contextlib.suppress(OSError, OverflowError):  # some disks keep no times of links
        os.utime(name, ns=(when, when), dir_fd=folder, follow_symlinks=False)
