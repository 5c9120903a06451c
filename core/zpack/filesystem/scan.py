"""Scans sources into columns, in tree order: breadth first, names sorted in each folder."""

import contextlib
import grp
import os
import pwd
import stat
from collections.abc import Callable
from functools import lru_cache
from itertools import islice

from zpack.entries import ROOT, Attributes, Kind, ListingBuilder, Owner
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
from zpack.filesystem.patience import Patience
from zpack.filesystem.seen import SeenSources
from zpack.filesystem.source_names import source_name
from zpack.filesystem.source_rules import SourceRules

_NS = 1_000_000_000
_MOST_VISITS = 1000  # of one folder by way of links: they can multiply without a loop
_LEFT_OUT = {
    stat.S_IFSOCK: "a socket",
    stat.S_IFIFO: "a FIFO",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


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
    ``sources`` are the paths that were named, by their rows, ``seen`` is kept if rules want it."""

    def __init__(self, rules: SourceRules | None = None, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self.rules = rules or SourceRules()
        self.excluded = 0
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
            folder = self._folders[parent] = os.path.join(self.source_path(parent), b"")
        return folder + self.rows.name(row)

    def add(self, parent: int, name: bytes, path: bytes, found: os.stat_result) -> int | None:
        """A row for what was found; None if its kind is left out."""
        kind = stat.S_IFMT(found.st_mode)
        if kind == stat.S_IFREG:
            if (found.st_dev, found.st_ino) == self.rules.archive:
                self.problems.append(ArchiveItself(os.fsdecode(path)).explain())
                return None
            row = self._append(parent, name, Kind.FILE, found)
            if found.st_nlink > 1:
                self.shared.setdefault((found.st_dev, found.st_ino), []).append(row)
            return row
        if kind == stat.S_IFDIR:
            return self._add_folder_row(parent, name, path, found)
        if kind == stat.S_IFLNK:
            return self._add_symlink(parent, name, path, found)
        what = _LEFT_OUT.get(kind, "of an unknown kind")
        self.problems.append(EntryUnsupported(os.fsdecode(path), what).explain())
        return None

    def _append(self, parent: int, name: bytes, kind: Kind, found: os.stat_result) -> int:
        if self.seen is not None:
            self.seen.append(found)
        attributes = self.rules.adjust(source_attributes(kind, found))
        return self.rows.append(parent, name, attributes)

    def _add_folder_row(
        self, parent: int, name: bytes, path: bytes, found: os.stat_result
    ) -> int | None:
        if not self.rules.follow:
            return self._append(parent, name, Kind.DIRECTORY, found)
        identity = found.st_dev, found.st_ino
        visits = self._visits[identity] = self._visits.get(identity, 0) + 1
        if visits > _MOST_VISITS or self._is_inside(parent, identity):
            self.problems.append(LinkLoop(os.fsdecode(path), visits > _MOST_VISITS).explain())
            return None
        row = self._append(parent, name, Kind.DIRECTORY, found)
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
            self.unreadable(path, error)
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
            inside = self._inside(path, most)
        except OSError as error:
            problem = FolderUnreadable(os.fsdecode(path), reason(error))
            self.problems.append(problem.explain())
            return True
        whole = most is None or len(inside) < most
        if self.rules.exclusions is not None:
            inside = self._wanted(row, inside)
        for entry in inside:
            try:
                self.add(row, entry.name, entry.path, entry.stat(follow_symlinks=self.rules.follow))
            except OSError as error:
                self._add_again(row, entry, error)
        return whole

    def _add_again(self, parent: int, entry: "os.DirEntry[bytes]", error: OSError) -> None:
        try:
            found = self._patience.reading(error, lambda: self._stat(entry.path))
        except OSError as last:  # gone since it was listed
            self.unreadable(entry.path, last)
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
    """Scan ``sources``, whose names must differ; what is left out is not looked into.

    ``check`` is called for each folder and may raise; ``count(rows, bytes)`` as it grows.
    """
    tree = ScannedTree(rules, Patience(check))
    for path in sorted(sources, key=lambda path: os.fsencode(source_name(path))):
        tree.add_source(path)
    rows, row, size = tree.rows, 1, 0
    while row < len(rows):
        size += rows.size[row]
        if rows.kind[row] == Kind.DIRECTORY:
            check()
            tree.add_folder(row)
            count(row, size)
        row += 1
    count(len(rows), size)
    return tree


def _sorted_entries(path: bytes, most: int | None) -> "list[os.DirEntry[bytes]]":
    with os.scandir(path) as found:
        return sorted(islice(found, most), key=lambda entry: entry.name)


def kind_of(found: os.stat_result) -> Kind | None:
    """What it would be in an archive; None for what none holds (a socket)."""
    return _KINDS.get(stat.S_IFMT(found.st_mode))


def source_attributes(kind: Kind, found: os.stat_result) -> Attributes:
    """What the system tells of a source."""
    seconds, ns = divmod(found.st_mtime_ns, _NS)
    size = found.st_size if kind == Kind.FILE else 0
    mode = stat.S_IMODE(found.st_mode)
    return Attributes(kind, mode, size, seconds, ns, owner_of(found.st_uid, found.st_gid))


@lru_cache(maxsize=4096)
def owner_of(uid: int, gid: int) -> Owner:
    """The owner with the names that this system has for the ids."""
    user = group = ""
    with contextlib.suppress(KeyError):
        user = pwd.getpwuid(uid).pw_name
    with contextlib.suppress(KeyError):
        group = grp.getgrgid(gid).gr_name
    return Owner(uid, gid, os.fsencode(user), os.fsencode(group))
