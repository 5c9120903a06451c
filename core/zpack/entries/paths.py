"""Paths of many rows, one after the other."""

from typing import Protocol

from zpack.entries.listing import ROOT
from zpack.entries.rare import Ints

_MOST_FOLDERS = 10_000


class _Rows(Protocol):
    @property
    def parent(self) -> Ints: ...

    def name(self, row: int) -> bytes: ...

    def path(self, row: int) -> bytes: ...


class Paths:
    """Remembers folders' paths: rows of the same ones follow one another. For one thread, while
    names stay as they are. Raises as ``path`` of the rows does."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows
        self._folders: dict[int, bytes] = {}

    def path(self, row: int) -> bytes:
        """The row's path, components joined by ``/``."""
        folder = self._rows.parent[row]
        above = self._folders.get(folder)
        if above is None:
            if len(self._folders) >= _MOST_FOLDERS:
                self._folders.clear()
            above = b"" if folder == ROOT else self._rows.path(folder) + b"/"
            self._folders[folder] = above
        return above + self._rows.name(row)
