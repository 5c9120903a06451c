"""Puts entries in their place in the destination, and can take them back.

In a hidden folder, which gets its name when all is done, files are made under their own names. In
a folder that was there before they are made under hidden names, locked like all temporary files,
and get their own when they are whole: without replacing anything, or by a rename over the old one.
Whatever is in the way is a conflict, settled by the request's policy or by asking.
"""

import contextlib
import errno
import os
import stat
from array import array
from collections.abc import Callable, Iterable
from threading import Lock
from typing import NamedTuple

from zpack.entries import Kind, Listing
from zpack.filesystem import (
    Folders,
    MetadataKeeper,
    Refusals,
    exists,
    lock,
    open_new_file,
    publish,
    temporary_name,
)
from zpack.jobs import Choice, Conflict, Control, Outcome
from zpack.operations.extract_identical import Identical
from zpack.operations.extract_paths import OutputPaths
from zpack.operations.requests import OnConflict
from zpack.records import mutable_record

Make = Callable[[int, bytes], int]
_CHOICES = {
    OnConflict.SKIP: Choice.SKIP,
    OnConflict.OVERWRITE: Choice.OVERWRITE,
    OnConflict.RENAME: Choice.RENAME,
    OnConflict.NEWER: Choice.NEWER,
}
_WRITTEN = (Choice.OVERWRITE, Choice.RENAME)
_MOST_NAMES = 10_000


@mutable_record
class Made:
    """Something new in ``folder`` (a descriptor) under ``name``; what ``make`` returned is
    ``value``. It takes the name ``final`` when it is kept; ``replaces``: over what is there."""

    row: int
    folder: int
    name: bytes
    final: bytes
    value: int
    replaces: bool = False


class OutputsPart(NamedTuple):
    """What a process made in a hidden folder."""

    kept: "array[int]"
    names: dict[int, bytes]
    outdone: list[str]
    skipped: int
    refused: Refusals


class Outputs:
    """Makes entries, and remembers them. Threads share it; each brings its own ``Folders``.

    ``skipped`` counts entries left out for what was there, ``identical`` has the rows of those that
    were there already, with the same content. ``replaced`` names what others had put
    there and is gone, ``outdone`` what came from the archive itself before, and went for a later
    entry of the same path. ``staged``: nobody else writes there. ``metadata`` is for what was made.
    """

    def __init__(
        self,
        paths: OutputPaths,
        policy: OnConflict,
        control: Control,
        identical: Identical,
        *,
        staged: bool,
        metadata: MetadataKeeper,
    ) -> None:
        self._identical = identical
        self.metadata = metadata
        self._paths = paths
        self._listing = paths.listing
        self._policy = policy
        self._control = control
        self._staged = staged
        self._lock = Lock()
        self._kept = array("I")
        self._marks = array("q")  # of those kept: what has the name later may be another's
        self._names: dict[int, bytes] = {}  # where it is not the listing's
        self.folders_made = array("I")
        self._own: set[int] = set()  # the marks once more, where entries may meet each other
        self.replaced: list[str] = []
        self.outdone: list[str] = []
        self.skipped = 0
        self.identical = array("I")

    @property
    def can_divide(self) -> bool:
        """Whether processes may make entries at once: where nobody else writes, what one makes
        is never in another's way unless the disk takes two names for one, which it tells."""
        return self._staged

    def begin_part(self) -> None:
        """In a process: from here on, what is made is its part."""
        self._lock = Lock()
        self._kept, self._marks, self._names = array("I"), array("q"), {}
        self.replaced, self.outdone, self.skipped = [], [], 0
        self.metadata.begin_part()

    def part(self) -> OutputsPart:
        """What this process made."""
        refused = self.metadata.refused
        return OutputsPart(self._kept, self._names, self.outdone, self.skipped, refused)

    def add_part(self, part: OutputsPart) -> None:
        """What another process made."""
        self._keep_rows(part.kept)
        self._names |= part.names
        self.outdone += part.outdone
        self.skipped += part.skipped
        self.metadata.add_refused(part.refused)

    def lose_part(self) -> None:
        """Another process may have made any file: all are taken back, in the hidden folder."""
        self._keep_rows(row for row, kind in enumerate(self._listing.kind) if kind == Kind.FILE)

    def _keep_rows(self, rows: Iterable[int]) -> None:
        self._kept.extend(rows)
        self._marks.extend([0] * (len(self._kept) - len(self._marks)))

    @property
    def digests(self) -> bytes | None:
        """16 bytes a row, or None."""
        return self._identical.digests

    @property
    def listing(self) -> Listing:
        """What rows are called in the destination."""
        return self._listing

    @property
    def top(self) -> int:
        """Rows below it are the destination itself."""
        return self._paths.top

    def name_of(self, row: int) -> bytes:
        """The name under which a kept row lies in its folder."""
        return self._names.get(row) or self._listing.name(row)

    def make_file(self, row: int, folders: Folders) -> Made | Outcome:
        """A new empty file for a row, ``value`` its descriptor; or what came of the row: SKIPPED,
        or DONE where the same is there already. Raises ``OSError``."""
        if self._staged:
            return self.make(row, folders, open_new_file)
        folder, name = folders.get(self._listing.parent[row]), self._listing.name(row)
        choice = None
        if exists(folder, name):
            choice = self._settle(row, folder, name)
            if choice not in _WRITTEN:
                return self._leave(row, choice)
        hidden = os.fsencode(temporary_name(os.fsdecode(name)))
        made = Made(row, folder, hidden, name, open_new_file(folder, hidden))
        lock(made.value)
        made.replaces = choice is Choice.OVERWRITE
        if choice is Choice.RENAME:
            made.final = self._free_name(folder, name)
        return made

    def make(self, row: int, folders: Folders, make: Make) -> Made | Outcome:
        """As :meth:`make_file`, in one step by ``make(folder, name)``, which must raise
        ``FileExistsError`` if the name is taken. Raises ``OSError``."""
        folder, name = folders.get(self._listing.parent[row]), self._listing.name(row)
        try:
            return Made(row, folder, name, name, make(folder, name))
        except FileExistsError:
            pass
        choice = self._settle(row, folder, name)
        if choice not in _WRITTEN:
            return self._leave(row, choice)
        if choice is Choice.RENAME:
            other = self._free_name(folder, name)
            return Made(row, folder, other, other, make(folder, other))
        hidden = os.fsencode(temporary_name(os.fsdecode(name)))
        return Made(row, folder, hidden, name, make(folder, hidden), replaces=True)

    def _leave(self, row: int, choice: Choice | None) -> Outcome:
        with self._lock:
            if choice is None:
                self.identical.append(row)
                return Outcome.DONE
            self.skipped += 1
            return Outcome.SKIPPED

    def keep(self, made: Made) -> None:
        """It is whole: let it have its name. Raises ``OSError``, and then takes it back."""
        own = made.replaces and self._is_own(made)
        if made.name != made.final:
            try:
                publish(made.folder, made.name, made.final, replace=made.replaces)
            except OSError:
                self.discard(made)
                raise
        mark = 0 if self._staged else _mark(made.folder, made.final)
        with self._lock:
            if made.final != self._listing.name(made.row):
                self._names[made.row] = made.final
            if made.replaces:
                path = os.fsdecode(self._paths.path(made.row))
                (self.outdone if own else self.replaced).append(path)
            if own or not made.replaces:
                self._kept.append(made.row)
                self._marks.append(mark)
                if self._paths.may_meet:
                    self._own.add(mark)

    def _is_own(self, made: Made) -> bool:
        """Whether what is replaced came from the archive itself."""
        try:
            return self._staged or _mark(made.folder, made.final) in self._own
        except OSError:
            return False

    def discard(self, made: Made) -> None:
        """Take back what was made and not kept."""
        with contextlib.suppress(OSError):
            os.unlink(made.name, dir_fd=made.folder)

    def take_back(self, folders: Folders) -> None:
        """Remove what was kept, and the folders made, except what replaced something."""
        for row in self.folders_made:  # the last step may have made them read-only
            with contextlib.suppress(OSError):
                os.fchmod(folders.get(row), 0o700)
        for row, mark in zip(self._kept, self._marks, strict=True):
            with contextlib.suppress(OSError):
                self._take_back(folders.get(self._listing.parent[row]), row, mark)
        for row in reversed(self.folders_made):
            with contextlib.suppress(OSError):
                parent = folders.get(self._listing.parent[row])
                os.rmdir(self._listing.name(row), dir_fd=parent)

    def _take_back(self, folder: int, row: int, mark: int) -> None:
        name = self.name_of(row)
        if self._staged or _mark(folder, name) == mark:
            os.unlink(name, dir_fd=folder)

    def _settle(self, row: int, folder: int, name: bytes) -> Choice | None:
        """What to do about what is there; None if it is the same, and is left alone."""
        old = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if stat.S_ISDIR(old.st_mode):
            raise IsADirectoryError(errno.EISDIR, "a folder of that name is there")
        new_mtime = self._listing.mtime_total_ns(row)
        is_newer = new_mtime > old.st_mtime_ns
        choice = _CHOICES.get(self._policy)
        if choice in (Choice.SKIP, Choice.OVERWRITE) or (choice is Choice.NEWER and not is_newer):
            return Choice.OVERWRITE if choice is Choice.OVERWRITE else Choice.SKIP
        same = self._identical.same(row, folder, name)
        if same and (choice is not Choice.NEWER or self._identical.update(row, folder, name)):
            return None
        if choice is None:
            path = os.fsdecode(self._paths.path(row))
            size = self._listing.size[self._identical.data_row(row) or row]
            question = Conflict(path, old.st_size, old.st_mtime_ns, size, new_mtime, same)
            choice = self._control.ask(question).choice
        if choice is Choice.NEWER:
            return Choice.OVERWRITE if is_newer else Choice.SKIP
        return choice

    def _free_name(self, folder: int, name: bytes) -> bytes:
        stem, dot, ending = name.rpartition(b".")
        if not stem:
            stem, dot, ending = name, b"", b""
        for number in range(2, _MOST_NAMES):
            other = b"%b (%d)%b%b" % (stem, number, dot, ending)
            if not exists(folder, other):
                return other
        raise FileExistsError(errno.EEXIST, "too many files of that name are there")


def _mark(folder: int, name: bytes) -> int:
    """Tells a file from another of the same name, and from itself after somebody wrote to it."""
    found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    return hash((found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size))
