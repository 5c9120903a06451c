"""Reads source files, once each, into an archive."""

import os
import stat
from typing import Protocol

from zpack.entries import Kind
from zpack.errors import EntryChanged, EntryUnreadable, Explanation, reason
from zpack.filesystem import (
    ExtrasReader,
    Patience,
    SeenSources,
    SourceRules,
    find_holes,
    open_deep,
    source_attributes,
    stat_deep,
)
from zpack.jobs import Control, Lane, Outcome
from zpack.native.writer import ArchiveWriter, SourceCut

_FILE, _DONE = Kind.FILE, Outcome.DONE  # members of an enum are looked up slowly
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK


class Sources(Protocol):
    """Knows where files are."""

    @property
    def rules(self) -> SourceRules:
        """How they are looked at."""
        ...

    @property
    def seen(self) -> SeenSources | None:
        """What was found of each when it was read, if that is wanted."""
        ...

    @property
    def extras(self) -> ExtrasReader:
        """Reads extended attributes."""
        ...

    def source_path(self, row: int) -> bytes:
        """Where the file of a row is on the disk."""
        ...


class FileReader:
    """Adds files to the writer, one after the other. ``dropped`` has the rows that are not in the
    archive, ``problems`` what there is to report. For one thread."""

    def __init__(self, tree: Sources, writer: ArchiveWriter, control: Control) -> None:
        self._tree = tree
        self._writer = writer
        self._control = control
        self._flags = _FLAGS if tree.rules.follow else _FLAGS | os.O_NOFOLLOW
        self._patience = Patience(control.check)
        self._lane: Lane = control.progress.lane()
        self._fd = -1  # of the file that is being read
        self.dropped: set[int] = set()
        self._shared: dict[int, tuple[int, int]] = {}  # device and inode, of several names
        self.problems: list[Explanation] = []
        self.bytes_in = 0

    def add(self, row: int, name: bytes) -> None:
        """Store the file of a row under ``name``, or report why not."""
        path = self._tree.source_path(row)
        self._lane.begin(row)
        try:
            fd = self._open(path)
        except OSError as error:
            outcome = self._drop(row, path, reason(error))
        else:
            try:
                outcome = self._add_open(fd, row, name, path)
            finally:
                os.close(fd)
        if outcome is not _DONE and self._tree.seen is not None:
            self._tree.seen.forget(row)
        self._control.progress.finish(self._lane, row, outcome)

    def has_other_names(self, row: int) -> bool:
        """Whether the file of a row was stored, and had more than one name then."""
        return row in self._shared and row not in self.dropped

    def is_name_of(self, row: int, stored: int) -> bool:
        """Whether the file of ``row`` is still the one that was stored for another row. Raises
        ``OSError`` if that cannot be told."""
        if not self.has_other_names(stored):
            return False
        path, follow = self._tree.source_path(row), self._tree.rules.follow
        try:
            found = stat_deep(path, follow=follow)
        except FileNotFoundError:
            return False
        except OSError as error:
            found = self._patience.reading(error, lambda: stat_deep(path, follow=follow))
        return (found.st_dev, found.st_ino) == self._shared[stored]

    def leave_out(self, row: int, why: str) -> None:
        """The file of a row is not stored; report why."""
        outcome = self._drop(row, self._tree.source_path(row), why)
        if self._tree.seen is not None:
            self._tree.seen.forget(row)
        self._control.progress.finish(self._lane, row, outcome)

    def _add_open(self, fd: int, row: int, name: bytes, path: bytes) -> Outcome:
        try:
            found = os.fstat(fd)
        except OSError as error:
            return self._drop(row, path, reason(error))
        if not stat.S_ISREG(found.st_mode):
            return self._drop(row, path, "it is no longer a file")
        if found.st_nlink > 1:
            self._shared[row] = found.st_dev, found.st_ino
        attributes = self._tree.rules.adjust(source_attributes(_FILE, found))
        attributes.extras = self._tree.extras.read(fd, found.st_dev, path)
        try:
            attributes.holes = find_holes(fd, found, self._control.check)
            self._fd = fd
            self._writer.add_file(row, name, attributes, self._readinto, self._skip)
        except SourceCut as cut:
            self.bytes_in += attributes.size
            return self._changed(path, _what_was_cut(cut, found.st_size))
        except OSError as error:
            return self._drop(row, path, reason(error))
        self.bytes_in += attributes.size
        return self._look_again(fd, row, path, found)

    def _look_again(self, fd: int, row: int, path: bytes, found: os.stat_result) -> Outcome:
        try:
            if not found.st_size and os.read(fd, 1):  # as files of /proc are
                return self._changed(path, "it has content, but the system says that it has none")
            after = os.fstat(fd)
        except OSError as error:
            return self._changed(path, f"it may have, which could not be told: {reason(error)}")
        if (after.st_size, after.st_mtime_ns) != (found.st_size, found.st_mtime_ns):
            return self._changed(path, "another program wrote to it")
        if self._tree.seen is not None:
            self._tree.seen.read(row, after)
        return _DONE

    def _open(self, path: bytes) -> int:
        try:
            return open_deep(path, self._flags)
        except OSError as error:
            return self._patience.reading(error, lambda: open_deep(path, self._flags))

    def _readinto(self, view: "memoryview[int]") -> int:
        try:
            count = os.readv(self._fd, [view])
        except OSError as error:
            count = self._patience.reading(error, lambda: os.readv(self._fd, [view]))
        self._lane.advance_item(count)
        return count

    def _skip(self, length: int) -> None:
        os.lseek(self._fd, length, os.SEEK_CUR)
        self._lane.advance_item(length)

    def _drop(self, row: int, path: bytes, why: str) -> Outcome:
        self.dropped.add(row)
        self.problems.append(EntryUnreadable(os.fsdecode(path), why).explain())
        return Outcome.FAILED

    def _changed(self, path: bytes, what: str) -> Outcome:
        self.problems.append(EntryChanged(os.fsdecode(path), what).explain())
        return Outcome.CHANGED


def _what_was_cut(cut: SourceCut, size: int) -> str:
    why = f" ({reason(cut.error)})" if cut.error is not None else ""
    return f"only {cut.stored:,} of {size:,} bytes could be read{why}"
