"""Folders of sources, opened without ever following a link below what was named."""

import os
from collections import OrderedDict

from zpack.entries import ROOT, ListingBuilder

_OPEN = 64
_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class SourceFolders:
    """Descriptors of the folders that scanned rows are in; the last 64 are kept open. ``sources``
    tells where the rows directly below the root are. For one thread."""

    def __init__(self, rows: ListingBuilder, sources: dict[int, bytes]) -> None:
        self._rows = rows
        self._sources = sources
        self._open: OrderedDict[int, int] = OrderedDict()

    def place(self, row: int) -> tuple[int, bytes]:
        """A descriptor of the folder that the row is in, good until the next call, and the name
        there. Raises ``OSError``."""
        parent = self._rows.parent[row]
        if parent != ROOT:
            return self._get(parent), self._rows.name(row)
        folder, name = _split(self._sources[row])
        return self._keep(-row, os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)), name

    def path(self, row: int) -> bytes:
        """Where the row's file is, as a path: only what opens links on the way understands it."""
        parts = []
        while self._rows.parent[row] != ROOT:
            parts.append(self._rows.name(row))
            row = self._rows.parent[row]
        return os.path.join(*_split(self._sources[row]), *reversed(parts))

    def _get(self, row: int) -> int:
        missing = []
        while row not in self._open:
            missing.append(row)
            if self._rows.parent[row] == ROOT:
                break
            row = self._rows.parent[row]
        else:
            self._open.move_to_end(row)
        fd = self._open.get(row, -1)
        for below in reversed(missing):
            folder, name = (fd, self._rows.name(below)) if fd >= 0 else self.place(below)
            fd = self._keep(below, os.open(name, _FLAGS, dir_fd=folder))
        return fd

    def _keep(self, row: int, fd: int) -> int:
        if row in self._open:
            os.close(self._open.pop(row))
        self._open[row] = fd
        if len(self._open) > _OPEN:
            os.close(self._open.popitem(last=False)[1])
        return fd

    def close(self) -> None:
        """Close all."""
        while self._open:
            os.close(self._open.popitem()[1])


def _split(source: bytes) -> tuple[bytes, bytes]:
    place = source.rstrip(b"/") or b"/"
    if os.path.basename(place) in (b"", b".", b".."):
        place = os.path.realpath(place)
    folder, name = os.path.split(place)
    return folder or b".", name
