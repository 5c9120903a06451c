"""Puts entries in their place in the destination, and can take them back.

Whatever is in the way is a conflict, settled by the request's policy or by asking. New entries are
made exclusively; replacing is a rename over the old one, so that one of both is always whole.
"""

import contextlib
import errno
import os
import stat
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from zpack.entries import Listing
from zpack.filesystem import Folders, temporary_name
from zpack.jobs import Choice, Conflict, Control
from zpack.operations.requests import OnConflict

Make = Callable[[int, bytes], int]
_CHOICES = {
    OnConflict.SKIP: Choice.SKIP,
    OnConflict.OVERWRITE: Choice.OVERWRITE,
    OnConflict.RENAME: Choice.RENAME,
    OnConflict.NEWER: Choice.NEWER,
}
_MOST_NAMES = 10_000


@dataclass(slots=True)
class Made:
    """Something new in ``folder`` (a descriptor) under ``name``; what ``make`` returned is
    ``value``. It takes the name ``final`` when it is kept."""

    row: int
    folder: int
    name: bytes
    final: bytes
    value: int


class Outputs:
    """Makes entries, and remembers them. Threads share it; each brings its own ``Folders``."""

    def __init__(self, listing: Listing, policy: OnConflict, control: Control) -> None:
        self._listing = listing
        self._policy = policy
        self._control = control
        self._lock = Lock()
        self._kept = array("I")
        self._names: dict[int, bytes] = {}  # where it is not the listing's
        self.folders_made = array("I")
        self.replaced: list[str] = []

    def name_of(self, row: int) -> bytes:
        """The name under which a kept row lies in its folder."""
        return self._names.get(row) or self._listing.name(row)

    def make(self, row: int, folders: Folders, make: Make) -> Made | None:
        """Make the entry of a row by ``make(folder, name)``, which must raise ``FileExistsError``
        if the name is taken. None: it is to be skipped. Raises ``OSError``."""
        folder, name = folders.get(self._listing.parent[row]), self._listing.name(row)
        try:
            return Made(row, folder, name, name, make(folder, name))
        except FileExistsError:
            pass
        choice = self._settle(row, folder, name)
        if choice is Choice.SKIP:
            return None
        if choice is Choice.RENAME:
            return self._make_renamed(row, folder, name, make)
        hidden = os.fsencode(temporary_name(os.fsdecode(name)))
        return Made(row, folder, hidden, name, make(folder, hidden))

    def keep(self, made: Made) -> None:
        """It is whole: let it have its name. Raises ``OSError``, and then takes it back."""
        if made.name != made.final:
            try:
                os.rename(made.name, made.final, src_dir_fd=made.folder, dst_dir_fd=made.folder)
            except OSError:
                self.discard(made)
                raise
        with self._lock:
            if made.final != self._listing.name(made.row):
                self._names[made.row] = made.final
            if made.name != made.final:
                self.replaced.append(os.fsdecode(self._listing.path(made.row)))
            else:
                self._kept.append(made.row)

    def discard(self, made: Made) -> None:
        """Take back what was made and not kept."""
        with contextlib.suppress(OSError):
            os.unlink(made.name, dir_fd=made.folder)

    def take_back(self, folders: Folders) -> None:
        """Remove what was kept, and the folders made, except what replaced something."""
        for row in self.folders_made:  # the last step may have made them read-only
            with contextlib.suppress(OSError):
                os.fchmod(folders.get(row), 0o700)
        for row in self._kept:
            with contextlib.suppress(OSError):
                os.unlink(self.name_of(row), dir_fd=folders.get(self._listing.parent[row]))
        for row in reversed(self.folders_made):
            with contextlib.suppress(OSError):
                parent = folders.get(self._listing.parent[row])
                os.rmdir(self._listing.name(row), dir_fd=parent)

    def _settle(self, row: int, folder: int, name: bytes) -> Choice:
        old = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if stat.S_ISDIR(old.st_mode):
            raise IsADirectoryError(errno.EISDIR, "a folder of that name is there")
        new_mtime = self._listing.mtime_total_ns(row)
        choice = _CHOICES.get(self._policy)
        if choice is None:
            path = os.fsdecode(self._listing.path(row))
            size = self._listing.size[row]
            question = Conflict(path, old.st_size, old.st_mtime_ns, size, new_mtime)
            choice = self._control.ask(question).choice
        if choice is Choice.NEWER:
            return Choice.OVERWRITE if new_mtime > old.st_mtime_ns else Choice.SKIP
        return choice

    def _make_renamed(self, row: int, folder: int, name: bytes, make: Make) -> Made:
        stem, dot, ending = name.rpartition(b".")
        if not stem:
            stem, dot, ending = name, b"", b""
        for number in range(2, _MOST_NAMES):
            other = b"%b (%d)%b%b" % (stem, number, dot, ending)
            with contextlib.suppress(FileExistsError):
                return Made(row, folder, other, other, make(folder, other))
        raise FileExistsError(errno.EEXIST, "too many files of that name are there")
