"""Compares names and metadata: all of a comparison but the content of files."""

import os
import stat
from array import array

from zpack.entries import ROOT, Attributes, Kind, Listing
from zpack.errors import reason
from zpack.filesystem import (
    ExtrasReader,
    Folders,
    kind_of,
    link_target,
    look_at,
    open_file,
    source_attributes,
)
from zpack.jobs import Control
from zpack.operations.compare_findings import Findings
from zpack.operations.differences import Aspect
from zpack.operations.extract_selection import Selection

_THERE, _GONE, _CLOSED = 0, 1, 2


class TreeComparer:
    """After :meth:`run`, ``files`` has the rows whose content may be the same: it is to be read.
    ``detached`` tells of hard links among them that are files of their own on disk which row has
    their content. For one thread."""

    def __init__(
        self,
        listing: Listing,
        selection: Selection,
        findings: Findings,
        root: int,
        control: Control,
    ) -> None:
        self._listing = listing
        self._selection = selection
        self._findings = findings
        self._root = root
        self._control = control
        self._folders = Folders(root, listing)
        self._others = Folders(root, listing)  # apart: a look-up there closes none of the first
        self._extras = ExtrasReader()
        self._fate = bytearray(len(listing))  # of folders: whether they can be looked into
        self._linked: dict[int, int] = {}
        self.files = array("I")
        self.detached: dict[int, int] = {}

    def run(self, *, search_top: bool) -> None:
        """Look at every selected row; search the selected folders for what is new."""
        progress = self._control.progress
        progress.phase = "scanning"
        try:
            if self._listing.has_entry(ROOT) and self._selection.wanted(ROOT):
                self._compare_attributes(ROOT, ROOT, os.fstat(self._root))
            for row in (ROOT, *self._selection.folders()):
                self._control.check()
                search = search_top if row == ROOT else True
                self._look_into(row, search=search and self._selection.wanted(row))
                progress.items_total += len(self._listing.children(row))
        finally:
            self._folders.close()
            self._others.close()

    def _look_into(self, row: int, *, search: bool) -> None:
        children = [child for child in self._listing.children(row) if self._selection.rows[child]]
        if self._fate[row] == _THERE:
            try:
                self._folders.get(row)
            except OSError as error:
                self._fate[row] = _CLOSED
                self._findings.unknown(row, reason(error))
        for child in children:
            self._control.check()
            if self._fate[row] == _THERE:
                self._look_at(child)
            else:
                self._share_fate(child, self._fate[row])
        if search and self._fate[row] == _THERE:
            self._search(row)

    def _share_fate(self, row: int, fate: int) -> None:
        """What lies in a folder that is missing is missing, in one that is closed not known."""
        self._fate[row] = fate
        if self._selection.wanted(row):
            if fate == _GONE:
                self._findings.missing(row)
            else:
                self._findings.unknown(row)

    def _look_at(self, row: int) -> None:
        try:
            folder = self._folders.get(self._listing.parent[row])
            found = look_at(folder, self._listing.name(row))
        except FileNotFoundError:
            self._share_fate(row, _GONE)
            return
        except OSError as error:
            self._fate[row] = _CLOSED
            self._findings.unknown(row, reason(error))
            return
        if self._listing.kind[row] == Kind.DIRECTORY and not stat.S_ISDIR(found.st_mode):
            self._fate[row] = _GONE  # whatever is in it
        if self._selection.wanted(row):
            self._compare(row, found)

    def _compare(self, row: int, found: os.stat_result) -> None:
        source = row
        if self._listing.kind[row] == Kind.HARD_LINK:
            target = self._listing.hard_link_target(row)
            if target is None:
                self._findings.damaged(row, "the file that it links to is not in the archive")
                return
            source = target
        kind = self._listing.kind[source]
        if kind_of(found) != kind:
            self._findings.differs(row, Aspect.KIND)
            return
        self._compare_attributes(row, source, found)
        if kind == Kind.SYMLINK:
            self._compare_target(row, source)
        apart = source == row or self._is_apart(row, source, found)
        if kind != Kind.FILE or not apart:
            return
        if source != row:
            self.detached[row] = source
        if found.st_size == self._listing.size[source]:
            self.files.append(row)

    def _is_apart(self, row: int, source: int, found: os.stat_result) -> bool:
        """Whether a hard link is on disk another file than the entry that it belongs to."""
        if not self._selection.wanted(source):
            return True
        try:
            folder = self._others.get(self._listing.parent[source])
            other = look_at(folder, self._listing.name(source))
        except OSError:  # told when its own turn comes
            return True
        if (other.st_dev, other.st_ino) == (found.st_dev, found.st_ino):
            self._linked[row] = source
            return False
        self._findings.differs(row, Aspect.LINK)
        return True

    def _compare_target(self, row: int, source: int) -> None:
        try:
            folder = self._folders.get(self._listing.parent[row])
            target = link_target(folder, self._listing.name(row))
        except OSError as error:
            self._findings.unknown(row, reason(error))
            return
        if target != self._listing.link(source):
            self._findings.differs(row, Aspect.LINK)

    def _compare_attributes(self, row: int, source: int, found: os.stat_result) -> None:
        """Of ``row`` on disk with those of ``source`` in the archive."""
        if not self._listing.has_entry(source):
            return
        ours = self._listing.attributes(source)
        theirs = source_attributes(Kind(ours.kind), found)
        if ours.kind == Kind.FILE and ours.size != theirs.size:
            self._findings.differs(row, Aspect.SIZE)
        if ours.kind != Kind.SYMLINK and ours.mode != theirs.mode:
            self._findings.differs(row, Aspect.MODE)
        if not _same_time(ours, theirs):
            self._findings.differs(row, Aspect.MTIME)
        if not _same_owner(ours, theirs):
            self._findings.differs(row, Aspect.OWNER)
        if ours.device != theirs.device:
            self._findings.differs(row, Aspect.KIND)
        if ours.kind in (Kind.FILE, Kind.DIRECTORY) and not self._findings.ignores(Aspect.XATTRS):
            self._compare_extras(row, ours.extras, found.st_dev)

    def _compare_extras(self, row: int, ours: bytes, device: int) -> None:
        path = self._listing.path(row)
        try:
            theirs = self._read_extras(row, device, path)
        except OSError as error:
            self._findings.unknown(row, reason(error))
            return
        if path in self._extras.unread:
            self._findings.unknown(row, self._extras.unread[path])
        elif theirs != ours:
            self._findings.differs(row, Aspect.XATTRS)

    def _read_extras(self, row: int, device: int, path: bytes) -> bytes:
        """Through a descriptor: a path could be led elsewhere meanwhile."""
        if self._listing.kind[row] == Kind.DIRECTORY:
            return self._extras.read(self._others.get(row), device, path)
        folder = self._folders.get(self._listing.parent[row])
        fd = open_file(folder, self._listing.name(row))
        try:
            return self._extras.read(fd, device, path)
        finally:
            os.close(fd)

    def _search(self, row: int) -> None:
        """Report what is in a folder on disk and not in the archive."""
        listing = self._listing
        known = {listing.name(child) for child in listing.children(row)}
        path = listing.path(row)
        try:
            with os.scandir(self._folders.get(row)) as found:
                for entry in found:
                    self._control.check()
                    name = os.fsencode(entry.name)
                    if name not in known:
                        kind = kind_of(entry.stat(follow_symlinks=False))
                        self._findings.new(path + b"/" + name if path else name, kind)
        except OSError as error:
            self._findings.unknown(row, reason(error))

    def settle_hard_links(self) -> None:
        """When all content was read: what is one file on disk is the same under each name."""
        for row, source in self._linked.items():
            self._findings.same_file(row, source)


def _same_time(ours: Attributes, theirs: Attributes) -> bool:
    # Formats older than pax keep whole seconds: a file with exactly 0 ns is rarer than those.
    if not ours.mtime_ns:
        return ours.mtime == theirs.mtime
    return (ours.mtime, ours.mtime_ns) == (theirs.mtime, theirs.mtime_ns)


def _same_owner(ours: Attributes, theirs: Attributes) -> bool:
    """By name where both have one, as extraction to another machine would restore it."""
    us, them = ours.owner, theirs.owner
    user = us.user == them.user if us.user and them.user else us.uid == them.uid
    group = us.group == them.group if us.group and them.group else us.gid == them.gid
    return user and group
