"""Makes what needs no content: folders before the files, links after them, and at last the
folders' own modes and times."""

import os
from collections.abc import Callable, Container
from functools import partial

from zpack.entries import KIND_WORDS, NODES, Kind, Listing
from zpack.errors import (
    EntryDamaged,
    EntryUnsupported,
    EntryUnwritable,
    Explanation,
    LinkTargetMissing,
    ZpackError,
    reason,
)
from zpack.filesystem import (
    UMASK,
    Folders,
    exists,
    make_folder,
    make_hard_link,
    make_symlink,
    remove_left_in,
)
from zpack.jobs import Control, Lane, Outcome
from zpack.operations.extract_collisions import Collisions
from zpack.operations.extract_output import Made, Make, Outputs
from zpack.operations.extract_selection import Selection
from zpack.operations.row_outcome import finish_row


class StructureExtractor:
    """Folders and links of one extraction. For one thread."""

    def __init__(
        self,
        listing: Listing,
        selection: Selection,
        outputs: Outputs,
        folders: Folders,
        root: int,
        control: Control,
        collisions: Collisions,
    ) -> None:
        self._listing = listing
        self._selection = selection
        self._collisions = collisions
        self._outputs = outputs
        self._folders = folders
        self._control = control
        top = selection.paths.top
        self._sources = Folders(
            root, listing, top=top
        )  # apart: a look-up there closes none of the others
        self._lane: Lane = control.progress.lane()
        self.problems: list[Explanation] = []

    def make_folders(self) -> None:
        """All folders, parents first, private for now. Those in the way of which something
        stands are reported, and so is each thing in them when its turn comes."""
        for row in self._selection.folders():
            self._control.check()
            try:
                parent = self._folders.get(self._listing.parent[row])
                if make_folder(parent, self._listing.name(row)):
                    self._outputs.folders_made.append(row)
                else:
                    remove_left_in(self._folders.get(row))
            except OSError as error:
                self._fail(row, EntryUnwritable(self._path(row), reason(error)))

    def make_hard_links(
        self, first_names: dict[int, int], kind: Kind, to_come: Container[int] = ()
    ) -> None:
        """Hard links to files or to symbolic links; ``first_names`` tells under which row a file's
        data went. Those to files ``to_come`` wait for another call."""
        outcomes = self._control.progress.outcomes
        for row in self._selection.of_kind(Kind.HARD_LINK):
            self._control.check()
            if outcomes[row] != Outcome.WAITING:
                continue  # it got the data itself, or its header is damaged
            target = self._listing.hard_link_target(row)
            if target is not None and self._listing.kind[target] != kind:
                continue
            source = None if target is None else first_names.get(target, target)
            if source in to_come or row in to_come:
                continue
            if source is not None and outcomes[source] == Outcome.SKIPPED and self._exists(row):
                self._outputs.skipped += 1
                self._control.progress.finish(self._lane, row, Outcome.SKIPPED)
                continue
            if source is not None and outcomes[source] == Outcome.DAMAGED:
                what = "the file that it is another name of is damaged"
                self._fail(row, EntryDamaged(self._path(row), what), Outcome.DAMAGED)
                continue
            if source is None or outcomes[source] != Outcome.DONE:
                link = self._listing.link(row) or b""
                self._fail(row, LinkTargetMissing(self._path(row), link))
                continue
            self._link(row, source)

    def _exists(self, row: int) -> bool:
        """Whether something has the row's name already."""
        try:
            folder = self._folders.get(self._listing.parent[row])
            return exists(folder, self._listing.name(row))
        except OSError:
            return False

    def _link(self, row: int, source: int) -> None:
        def make(folder: int, name: bytes) -> int:
            other = self._sources.get(self._listing.parent[source])
            make_hard_link(other, self._outputs.name_of(source), folder, name)
            return 0

        self._make(row, make)

    def make_symlinks(self) -> None:
        """Symbolic links: last, so that nothing is ever written through one of them."""
        for row in self._selection.of_kind(Kind.SYMLINK):
            self._control.check()
            if self._control.progress.outcomes[row] == Outcome.WAITING:
                self._symlink(row)

    def _symlink(self, row: int) -> None:
        target = self._listing.link(row) or b""
        attributes = self._listing.attributes(row)

        def make(folder: int, name: bytes) -> int:
            make_symlink(folder, name, target, attributes)
            self._outputs.metadata.keep_link(folder, name, attributes, row)
            return 0

        self._make(row, make)

    def _make(self, row: int, make: Make) -> None:
        try:
            made = self._outputs.make(row, self._folders, make)
            if isinstance(made, Made):
                self._outputs.keep(made)
        except OSError as error:
            self._fail(row, EntryUnwritable(self._path(row), reason(error)))
            return
        outcome = Outcome.DONE if isinstance(made, Made) else made
        self._control.progress.finish(self._lane, row, outcome)

    def make_nodes(self) -> None:
        """Devices and FIFOs."""
        for row in self._nodes():
            self._control.check()
            if self._control.progress.outcomes[row] == Outcome.WAITING:
                self._node(row)

    def _node(self, row: int) -> None:
        attributes = self._listing.attributes(row)

        def make(folder: int, name: bytes) -> int:
            self._outputs.metadata.make_node(folder, name, attributes, row)
            return 0

        self._make(row, make)

    def leave_out_nodes(self) -> None:
        """Devices and FIFOs are not made unasked: they could reach outside of the folder."""
        for row in self._nodes():
            what = KIND_WORDS[Kind(self._listing.kind[row])]
            self._fail(row, EntryUnsupported(self._path(row), f"a {what}"))

    def _nodes(self) -> list[int]:
        return [row for kind in NODES for row in self._selection.of_kind(kind)]

    def finish_folders(self, later: int | None) -> None:
        """Modes and times of the folders that were made, deepest first; not those of ``later``."""
        for row in reversed(self._outputs.folders_made):
            if row != later:
                self.finish_folder(row, partial(self._folders.get, row))

    def finish_folder(self, row: int, get: Callable[[], int]) -> None:
        """Mode and time of one folder, of which ``get`` gives a descriptor."""
        outcomes = self._control.progress.outcomes
        looks = self._collisions.looks.get(row, row)
        damaged = outcomes[looks] == Outcome.DAMAGED
        try:
            fd = get()
            if self._selection.wanted(looks) and self._listing.has_entry(looks) and not damaged:
                self._outputs.metadata.keep(fd, self._listing.attributes(looks), looks)
            else:
                os.fchmod(fd, 0o777 & ~UMASK)
        except OSError as error:
            self._fail(row, EntryUnwritable(self._path(row), reason(error)))
            return
        if outcomes[row] == Outcome.WAITING:
            self._control.progress.settle(self._lane, row, Outcome.DONE)

    def _fail(self, row: int, error: ZpackError, outcome: Outcome = Outcome.FAILED) -> None:
        self.problems.append(error.explain())
        finish_row(self._control.progress, self._listing, self._lane, row, outcome)

    def _path(self, row: int) -> str:
        return os.fsdecode(self._listing.path(row))

    def close(self) -> None:
        """Close the folders that it opened itself."""
        self._sources.close()
