"""Scans sources into columns, in tree order: breadth first, names sorted in each folder."""

import os
import stat
from collections.abc import Callable
from itertools import islice
from operator import attrgetter

from zpack.entries import ROOT, Attributes, Device, Kind, ListingBuilder
from zpack.errors import (
    ArchiveItself,
    EntryUnreadable,
    EntryUnsupported,
    Explanation,
    FolderUnreadable,
    LinkBroken,
    LinkLoop,
    reason,
)
from zpack.filesystem.accounts import owner_of
from zpack.filesystem.deep_path import short_way
from zpack.filesystem.extras import ExtrasReader
from zpack.filesystem.patience import Patience
from zpack.filesystem.scan_columns import append_plain
from zpack.filesystem.seen import SeenSources
from zpack.filesystem.source_names import by_name, source_name
from zpack.filesystem.source_rules import SourceRules

_NS = 1_000_000_000
_PERMISSIONS = 0o7777
_FILE = Kind.FILE  # for what is done for each file: members of an enum are looked up slowly
_DEVICES = (Kind.CHARACTER_DEVICE, Kind.BLOCK_DEVICE)
_MOST_VISITS = 1000  # of one folder by way of links: they can multiply without a loop
_LEFT_OUT = {stat.S_IFSOCK: "a socket"}
_MOST_DEVICES = (1 << 21) - 1
_LONGEST_PATH = (64 << 10) - 256  # of a folder, in an archive
_MOST_COMPONENTS = 4094
_LONG = 4096  # bytes of a path; shorter ones need not be looked at
_KINDS = {
    stat.S_IFREG: Kind.FILE,
    stat.S_IFDIR: Kind.DIRECTORY,
    stat.S_IFLNK: Kind.SYMLINK,
    stat.S_IFCHR: Kind.CHARACTER_DEVICE,
    stat.S_IFBLK: Kind.BLOCK_DEVICE,
    stat.S_IFIFO: Kind.FIFO,
}


class ScannedTree:
    """Sources as rows, and what could not be scanned. ``shared`` has the rows of each file with
    more than one name, by device and inode. ``excluded`` counts what was left out by wish.
    ``sources`` are the paths that were named, by their rows, ``seen`` is kept if rules want it;
    ``extras`` reads extended attributes."""

    def __init__(self, rules: SourceRules | None = None, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self.rules = rules or SourceRules()
        self.excluded = 0
        self.extras = ExtrasReader()
        self.rows = ListingBuilder()
        self.problems: list[Explanation] = []
        self.shared: dict[tuple[int, int], list[int]] = {}
        self.sources: dict[int, bytes] = {}
        self.seen = SeenSources() if self.rules.remember else None
        self._folders: dict[int, bytes] = {}
        self._identities: dict[int, tuple[int, int]] = {}  # of folders, where links are followed
        self._visits: dict[tuple[int, int], int] = {}

    def source_path(self, row: int) -> bytes:
        """Where the row's file is on disk."""
        if row in self.sources:
            return self.sources[row]
        parent = self.rows.parent[row]
        folder = self._folders.get(parent)
        if folder is None:  # with a slash at its end
            above = self.source_path(parent)
            folder = self._folders[parent] = above if above.endswith(b"/") else above + b"/"
        return folder + self.rows.name(row)

    def add(self, parent: int, name: bytes, path: bytes, found: os.stat_result) -> int | None:
        """A row for what was found at ``path``; None if its kind is left out."""
        kind = stat.S_IFMT(found.st_mode)
        if kind == stat.S_IFREG:
            if (found.st_dev, found.st_ino) == self.rules.archive:
                self.problems.append(ArchiveItself(os.fsdecode(path)).explain())
                return None
            row = self._append(parent, name, Kind.FILE, found)
            if found.st_nlink > 1:
                self._share(row, found)
            return row
        if kind == stat.S_IFDIR:
            return self._add_folder_row(parent, name, path, found)
        if kind == stat.S_IFLNK:
            return self._add_symlink(parent, name, path, found)
        node = _KINDS.get(kind)
        if node is not None and _fits(found):
            return self._append(parent, name, node, found, path)
        what = _LEFT_OUT.get(kind, "of an unknown kind")
        real = self._real(parent, name, path)
        self.problems.append(EntryUnsupported(os.fsdecode(real), what).explain())
        return None

    def _share(self, row: int, found: os.stat_result) -> None:
        self.shared.setdefault((found.st_dev, found.st_ino), []).append(row)

    def _append(
        self, parent: int, name: bytes, kind: Kind, found: os.stat_result, path: bytes = b""
    ) -> int:
        """A row, with extended attributes if ``path`` is given."""
        if self.seen is not None:
            self.seen.append(found)
        attributes = self.rules.adjust(source_attributes(kind, found))
        row = self.rows.append(parent, name, attributes)
        if path:
            self._add_extras(row, path, self._real(parent, name, path), found)
        return row

    def _add_extras(self, row: int, path: bytes, real: bytes, found: os.stat_result) -> None:
        extras = self.extras.read(path, found.st_dev, real, follow=self.rules.follow)
        if extras:
            self.rows.extras[row] = extras

    def _real(self, parent: int, name: bytes, path: bytes) -> bytes:
        """What a path is that may have been shortened."""
        return path if parent == ROOT else os.path.join(self.source_path(parent), name)

    def _add_folder_row(
        self, parent: int, name: bytes, path: bytes, found: os.stat_result
    ) -> int | None:
        if not self.rules.follow:
            return self._append(parent, name, Kind.DIRECTORY, found, path)
        identity = found.st_dev, found.st_ino
        visits = self._visits[identity] = self._visits.get(identity, 0) + 1
        if visits > _MOST_VISITS or self._is_inside(parent, identity):
            real = os.fsdecode(self._real(parent, name, path))
            self.problems.append(LinkLoop(real, visits > _MOST_VISITS).explain())
            return None
        row = self._append(parent, name, Kind.DIRECTORY, found, path)
        self._identities[row] = identity
        return row

    def _is_inside(self, row: int, identity: tuple[int, int]) -> bool:
        while row != ROOT:
            if self._identities[row] == identity:
                return True
            row = self.rows.parent[row]
        return False

    def _add_symlink(
        self, parent: int, name: bytes, path: bytes, found: os.stat_result
    ) -> int | None:
        try:
            target = os.readlink(path)
        except OSError as error:
            self.unreadable(self._real(parent, name, path), error)
            return None
        row = self._append(parent, name, Kind.SYMLINK, found)
        self.rows.links[row] = target
        return row

    def unreadable(self, path: bytes, error: OSError) -> None:
        """Report what could not be looked at."""
        if self.rules.follow and os.path.islink(path):
            self.problems.append(LinkBroken(os.fsdecode(path), reason(error)).explain())
            return
        self.problems.append(EntryUnreadable(os.fsdecode(path), reason(error)).explain())

    def add_source(self, path: str) -> None:
        """One source, a child of the root."""
        place = os.fsencode(path)
        try:
            found = self._look(place)
        except OSError as error:
            self.unreadable(place, error)
            return
        name = os.fsencode(source_name(path))
        if self.rules.exclusions is not None and self._is_unwanted(name, place, found):
            return
        row = self.add(ROOT, name, place, found)
        if row is not None:
            self.sources[row] = place

    def _is_unwanted(self, name: bytes, place: bytes, found: os.stat_result) -> bool:
        assert self.rules.exclusions is not None
        unwanted = self.rules.exclusions.leave_out(name, place, folder=stat.S_ISDIR(found.st_mode))
        self.excluded += unwanted
        return unwanted

    def add_folder(self, row: int, most: int | None = None) -> bool:
        """What is directly in the folder of a row, of ``most`` names at most; False if it has
        more."""
        path = self.source_path(row)
        try:
            if len(path) > _LONG and self._is_too_deep(row):
                raise OSError(None, "its path is too long for an archive")
            with short_way(path) as place:
                return self._add_inside(row, path, place, most)
        except OSError as error:
            problem = FolderUnreadable(os.fsdecode(path), reason(error))
            self.problems.append(problem.explain())
            return True

    def _is_too_deep(self, row: int) -> bool:
        path = self.rows.path(row)
        return len(path) > _LONGEST_PATH or path.count(b"/") >= _MOST_COMPONENTS

    def _add_inside(self, row: int, path: bytes, place: bytes, most: int | None) -> bool:
        inside = self._inside(place, most)
        whole = most is None or len(inside) < most
        if self.rules.exclusions is not None:
            inside = self._wanted(row, inside)
        if place is path and self._add_plain(row, inside):
            return whole
        for entry in inside:
            try:
                self.add(row, entry.name, entry.path, entry.stat(follow_symlinks=self.rules.follow))
            except OSError as error:
                self._add_again(row, os.path.join(path, entry.name), entry, error)
        return whole

    def _add_plain(self, parent: int, inside: "list[os.DirEntry[bytes]]") -> bool:
        """Add all of a folder at once, if that can be done; else nothing."""
        if not inside or not self.rules.usual:
            return False
        try:
            found = [entry.stat(follow_symlinks=False) for entry in inside]
        except OSError:
            return False
        first = len(self.rows)
        if not append_plain(self.rows, parent, [entry.name for entry in inside], found):
            return False
        for row, status in enumerate(found, first):
            if self.rows.kind[row] != _FILE:
                path = inside[row - first].path
                self._add_extras(row, path, path, status)
            elif status.st_nlink > 1:
                self._share(row, status)
        return True

    def _add_again(
        self, parent: int, path: bytes, entry: "os.DirEntry[bytes]", error: OSError
    ) -> None:
        try:
            found = self._patience.reading(error, lambda: self._stat(entry.path))
        except OSError as last:  # gone since it was listed
            self.unreadable(path, last)
            return
        self.add(parent, entry.name, entry.path, found)

    def _look(self, path: bytes) -> os.stat_result:
        try:
            return self._stat(path)
        except OSError as error:
            return self._patience.reading(error, lambda: self._stat(path))

    def _stat(self, path: bytes) -> os.stat_result:
        return os.stat(path, follow_symlinks=self.rules.follow)

    def _inside(self, path: bytes, most: int | None) -> "list[os.DirEntry[bytes]]":
        try:
            return _sorted_entries(path, most)
        except OSError as error:
            return self._patience.reading(error, lambda: _sorted_entries(path, most))

    def _wanted(self, row: int, inside: "list[os.DirEntry[bytes]]") -> "list[os.DirEntry[bytes]]":
        follow, exclusions = self.rules.follow, self.rules.exclusions
        assert exclusions is not None
        above = self.rows.path(row) + b"/"
        wanted = [
            entry
            for entry in inside
            if not exclusions.leave_out(
                above + entry.name, entry.path, folder=entry.is_dir(follow_symlinks=follow)
            )
        ]
        self.excluded += len(inside) - len(wanted)
        return wanted


def scan_sources(
    sources: tuple[str, ...],
    check: Callable[[], None],
    count: Callable[[int, int], None],
    rules: SourceRules | None = None,
) -> ScannedTree:
    """Scan ``sources``, whose names must differ unless they are one; what is left out is not looked
    into.

    ``check`` is called for each folder and may raise; ``count(rows, bytes)`` as it grows.
    """
    tree = ScannedTree(rules, Patience(check))
    for path in by_name(sources):
        tree.add_source(path)
    rows, counted, size = tree.rows, 0, 0
    while (row := rows.kind.find(Kind.DIRECTORY, counted + 1)) >= 0:
        size += sum(rows.size[counted + 1 : row])
        counted = row
        check()
        tree.add_folder(row)
        count(row, size)
    count(len(rows), sum(rows.size))
    return tree


def _sorted_entries(path: bytes, most: int | None) -> "list[os.DirEntry[bytes]]":
    with os.scandir(path) as found:
        return sorted(islice(found, most), key=attrgetter("name"))


def kind_of(found: os.stat_result) -> Kind | None:
    """What it would be in an archive; None for what none holds (a socket)."""
    return _KINDS.get(stat.S_IFMT(found.st_mode))


def source_attributes(kind: Kind, found: os.stat_result) -> Attributes:
    """What the system tells of a source."""
    seconds, ns = divmod(found.st_mtime_ns, _NS)
    size = found.st_size if kind == _FILE else 0
    owner = owner_of(found.st_uid, found.st_gid)
    attributes = Attributes(kind, found.st_mode & _PERMISSIONS, size, seconds, ns, owner)
    if kind != _FILE and kind in _DEVICES:
        attributes.device = Device(os.major(found.st_rdev), os.minor(found.st_rdev))
    return attributes


def _fits(found: os.stat_result) -> bool:
    """Whether a tar can hold its device numbers."""
    return max(os.major(found.st_rdev), os.minor(found.st_rdev)) <= _MOST_DEVICES
