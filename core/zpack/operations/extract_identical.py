"""Tells whether what is on the disk is what the archive has, by its digest."""

import contextlib
import os
import stat

import xxhash

from zpack.entries import Kind, Listing
from zpack.filesystem import MetadataKeeper, link_target, open_file
from zpack.jobs import Control
from zpack.native.index import DIGEST_SIZE

_PIECE = 1 << 20
_NS = 1_000_000_000


class Identical:
    """Compares what is in the way of rows. Without ``digests`` (16 bytes a row) it can only tell
    that sizes differ. ``stands_for`` has for files that are wanted only under a hard link's name
    that link's row. Links on the disk are never followed. For any thread."""

    def __init__(
        self,
        listing: Listing,
        digests: bytes | None,
        stands_for: dict[int, int],
        control: Control,
        metadata: MetadataKeeper,
    ) -> None:
        self._metadata = metadata
        self._listing = listing
        self.digests = digests
        self._data = {link: file for file, link in stands_for.items()}
        self._control = control

    def data_row(self, row: int) -> int | None:
        """The row whose content a file or hard link has."""
        if self._listing.kind[row] == Kind.HARD_LINK:
            known = self._data.get(row)
            return self._listing.hard_link_target(row) if known is None else known
        return row

    def same(self, row: int, folder: int, name: bytes) -> bool | None:
        """Whether ``name`` in ``folder`` has the row's content, or points where the row's link
        does; None if nothing tells. Reads no more than the size that the archive says. Raises
        ``OSError``, and ``Cancelled``."""
        source = self.data_row(row)
        if source is None:
            return None
        if self._listing.kind[source] == Kind.SYMLINK:
            return self._same_link(source, folder, name)
        try:
            fd = open_file(folder, name)
        except OSError:  # a link, or not for us to read
            return None
        try:
            return self._same_file(source, fd)
        finally:
            os.close(fd)

    def _same_link(self, row: int, folder: int, name: bytes) -> bool:
        try:
            return link_target(folder, name) == self._listing.link(row)
        except OSError:  # it is no link
            return False

    def _same_file(self, row: int, fd: int) -> bool | None:
        found, size = os.fstat(fd), self._listing.size[row]
        if not stat.S_ISREG(found.st_mode) or found.st_size != size:
            return False
        if self.digests is None:
            return None
        digest = xxhash.xxh3_128()
        left = size
        while left:
            self._control.check()
            piece = os.read(fd, min(left, _PIECE))
            if not piece:
                return False  # it was cut meanwhile
            digest.update(piece)
            left -= len(piece)
        at = row * DIGEST_SIZE
        return not os.read(fd, 1) and digest.digest() == self.digests[at : at + DIGEST_SIZE]

    def update(self, row: int, folder: int, name: bytes) -> bool:
        """Give what is there the row's mode and time; False if that cannot be done here: a file
        that has other names too may have them outside of the destination."""
        attributes = self._listing.attributes(self.data_row(row) or row)
        if attributes.kind == Kind.SYMLINK:
            when = attributes.mtime * _NS + attributes.mtime_ns
            with contextlib.suppress(OSError, OverflowError):  # some disks keep no times of links
                os.utime(name, ns=(when, when), dir_fd=folder, follow_symlinks=False)
            return True
        try:
            fd = open_file(folder, name)
        except OSError:
            return False
        try:
            found = os.fstat(fd)
            if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
                return False
            self._metadata.keep(fd, attributes, row)
        except OSError:
            return False
        finally:
            os.close(fd)
        return True
