"""Removes the originals of an archive that is written, verified and in place.

Only what is in the archive, and is on disk still as it was read, goes. docs/security.md says what
is never removed.
"""

import errno
import os
from collections.abc import Callable

from zpack.entries import ROOT, Kind
from zpack.errors import Explanation, OriginalKept, reason
from zpack.filesystem import ScannedTree, SourceFolders
from zpack.jobs import Cancelled, Control
from zpack.operations.requests import CreateRequest, Originals

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def remove_originals(
    request: CreateRequest,
    archive: str,
    tree: ScannedTree,
    carriers: dict[int, int],
    control: Control,
) -> tuple[int, list[Explanation]]:
    """Remove what ``request`` wants removed: how many there were, and what stayed and why.

    ``carriers`` tells whose content a hard link's row shares. Raises nothing; cancelled, it stops.
    """
    if request.originals is Originals.KEEP:
        return 0, []
    remover = _Remover(tree, carriers, archive, control)
    remover.run(request.originals)
    return remover.removed, remover.problems


class _Remover:
    """``removed`` counts files, links and folders; ``problems`` tells what stayed and why."""

    def __init__(
        self, tree: ScannedTree, carriers: dict[int, int], archive: str, control: Control
    ) -> None:
        self._tree = tree
        self._rows = tree.rows
        self._carriers = carriers
        self._control = control
        self._folders = SourceFolders(tree.rows, tree.sources)
        self._archive = os.stat(archive)
        self._explained: set[int] = set()  # folders of which something stayed that was told
        self.removed = 0
        self.problems: list[Explanation] = []

    def run(self, originals: Originals) -> None:
        self._control.progress.phase = "removing"
        try:
            if originals is Originals.DELETE:
                self._delete_all()
            elif originals is Originals.TRASH:
                self._trash_all()
        except Cancelled:
            path = os.fsdecode(self._tree.source_path(1))
            kept = OriginalKept(path, "the removal of the originals was cancelled")
            self.problems.append(kept.explain())
        finally:
            self._folders.close()

    def _delete_all(self) -> None:
        for row in range(len(self._rows) - 1, ROOT, -1):  # what is in a folder comes after it
            self._control.check()
            try:
                self._delete(row)
            except OSError as error:
                self._keep(row, reason(error), error.errno)

    def _delete(self, row: int) -> None:
        folder, name = self._folders.place(row)
        why = self._why_not(row, folder, name)
        if why:
            self._keep(row, why)
        elif self._rows.kind[row] == Kind.DIRECTORY:
            os.rmdir(name, dir_fd=folder)
            self.removed += 1
        else:
            os.unlink(name, dir_fd=folder)
            self.removed += 1

    def _why_not(self, row: int, folder: int, name: bytes) -> str:
        """Why what is there must stay; nothing if it may go. Raises ``OSError``."""
        assert self._tree.seen is not None
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if os.path.samestat(found, self._archive):
            return "it is the archive itself"
        if not self._tree.seen.same(self._carriers.get(row, row), found):
            return "it is not in the archive as it is now"
        if self._tree.source_path(row) in self._tree.extras.unread:
            return "not all of its extended attributes are in the archive"
        return ""

    def _keep(self, row: int, why: str, number: int | None = None) -> None:
        above = self._rows.parent[row]
        if number == errno.ENOENT:
            return  # gone already
        told = row in self._explained or self._tree.excluded or self._tree.problems
        if number != errno.ENOTEMPTY or not told:
            path = os.fsdecode(self._tree.source_path(row))
            self.problems.append(OriginalKept(path, why).explain())
        self._explained.add(above)

    # --- Into the trash: whole folders where all of them may go --------------------------------

    def _trash_all(self) -> None:
        # Late, because it looks for desktop libraries.
        from send2trash import send2trash  # type: ignore[import-untyped]  # noqa: PLC0415

        parent, kind, whole = self._rows.parent, self._rows.kind, self._find_whole()
        tops = [row for row in range(1, len(whole)) if whole[row] and not whole[parent[row]]]
        tops.sort(key=lambda row: kind[row] != Kind.SYMLINK)  # links while they lead somewhere
        gone = bytearray(len(whole))
        try:
            for row in tops:
                self._control.check()
                gone[row] = self._trash(row, send2trash)
        finally:
            for row in range(1, len(whole)):
                gone[row] |= gone[parent[row]]
            self.removed = sum(gone)

    def _find_whole(self) -> bytearray:
        """Rows that may go with all that is in them."""
        rows = self._rows
        whole, inside = bytearray(b"\1" * len(rows)), [0] * len(rows)
        whole[ROOT] = 0
        for row in range(len(rows) - 1, ROOT, -1):
            self._control.check()
            whole[row] &= self._is_whole(row, inside[row])
            whole[rows.parent[row]] &= whole[row]
            inside[rows.parent[row]] += 1
        return whole

    def _is_whole(self, row: int, inside: int) -> bool:
        try:
            folder, name = self._folders.place(row)
            why = self._why_not(row, folder, name)
            if why:
                self._keep(row, why)
                return False
            if self._rows.kind[row] != Kind.DIRECTORY:
                return True
            fd = os.open(name, _FOLDER, dir_fd=folder)
            try:
                more = len(os.listdir(fd)) != inside
            finally:
                os.close(fd)
            if more:  # what was not read stays, and so does its folder
                self._keep(row, "it holds what is not in the archive", errno.ENOTEMPTY)
            return not more
        except OSError as error:
            self._keep(row, reason(error), error.errno)
            return False

    def _trash(self, row: int, send2trash: Callable[[str], None]) -> bool:
        """The trash takes paths only: so the folder that a path leads to is compared first."""
        path = self._folders.path(row)
        try:
            folder, _ = self._folders.place(row)
            if not os.path.samestat(os.fstat(folder), os.stat(os.path.dirname(path))):
                self._keep(row, "another program moved its folder")
                return False
            send2trash(os.fsdecode(os.path.abspath(path)))
        except OSError as error:
            nowhere = os.path.islink(path) and not os.path.exists(path)
            self._keep(row, "the trash takes no broken link" if nowhere else reason(error))
            return False
        return True
