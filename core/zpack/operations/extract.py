"""Extract an archive."""

import os
import time
from collections.abc import Iterable
from itertools import compress

from zpack.entries import NODES, Kind
from zpack.errors import ArchiveDamaged, DestinationUnusable, Explanation, RequestRefused
from zpack.filesystem import Folders, MetadataKeeper, remove_left_in
from zpack.jobs import Cancelled, Control, Outcome, core_count, run_crew, share_out
from zpack.native.archive import Archive
from zpack.native.runs import plan_runs, rows_in_order
from zpack.operations.extract_check import check_choice
from zpack.operations.extract_collisions import find_collisions
from zpack.operations.extract_files import FileExtractor
from zpack.operations.extract_identical import Identical
from zpack.operations.extract_links import StructureExtractor
from zpack.operations.extract_output import Outputs
from zpack.operations.extract_place import Place, choose_place
from zpack.operations.extract_selection import Selection
from zpack.operations.extract_space import check_space
from zpack.operations.limits import LimitGuard
from zpack.operations.name_encoding import named
from zpack.operations.opening import open_for
from zpack.operations.pipe_reading import borrowed_files
from zpack.operations.proof_state import description_problems
from zpack.operations.reports import ExtractReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import ExtractRequest

_IS_DONE = bytes(value == Outcome.DONE for value in range(256))


def extract(request: ExtractRequest, control: Control) -> ExtractReport:
    """Extract an archive, or members of it. Nothing is ever written outside the destination.

    Entries that are damaged, unsafe or cannot be written are reported and the rest goes on. Raises
    :class:`RequestRefused`, the errors of ``open_readable``, :class:`DestinationUnusable`,
    :class:`OutOfSpace`, and ``Cancelled`` with the files that were replaced; each leaves what was
    there before, and nothing that was new.
    """
    check_types(request, ExtractRequest)
    check_choice(request)
    started = time.monotonic()
    every_row = not request.members or _goes_through_all(request)
    guard = LimitGuard(request.archive, request.limits, control)
    with open_for(request.archive, control, every_row=every_row, guard=guard) as archive:
        selection = Selection(
            archive,
            request.members,
            request.strip_components,
            request.include,
            request.exclude,
            named(archive.listing, request.name_encoding),
        )
        borrowed = borrowed_files(selection.paths.listing, selection)
        rows = [*selection.all_rows(), *borrowed]
        size = sum(archive.listing.size[row] for row in rows)
        guard.chosen(len(rows), size, archive.source.size)
        place = _place(request, selection)
        try:
            job = _Extraction(request, archive, selection, borrowed, place, control, guard)
            job.run()
        finally:
            place.close()
        return job.report(time.monotonic() - started)


def _goes_through_all(request: ExtractRequest) -> bool:
    wishes = (request.include, request.exclude, request.strip_components, request.name_encoding)
    return any(wishes)


def _place(request: ExtractRequest, selection: Selection) -> Place:
    listing, top = selection.paths.listing, selection.top_rows()
    names = {listing.name(row) for row in top}
    only_folders = all(listing.kind[row] == Kind.DIRECTORY for row in top)
    name = listing.name(top[0]) if len(names) == 1 and only_folders else None
    try:
        return choose_place(request, names, name)
    except DestinationUnusable as error:
        raise RequestRefused([error]) from error


class _Extraction:
    """One run of :func:`extract`."""

    def __init__(
        self,
        request: ExtractRequest,
        archive: Archive,
        selection: Selection,
        borrowed: dict[int, int],
        place: Place,
        control: Control,
        guard: LimitGuard,
    ) -> None:
        self._guard = guard
        self._request = request
        self._archive = archive
        self._listing = listing = selection.paths.listing
        self._selection = selection
        self._place = place
        self._control = control
        self._digest_problems: list[Explanation] = []
        self._borrowed = borrowed
        self._collisions = find_collisions(selection, self._borrowed)
        metadata = MetadataKeeper(same_owner=request.same_owner)
        digests = self._read_digests()
        identical = Identical(listing, digests, self._borrowed, control, metadata)
        self._outputs = Outputs(
            selection.paths,
            request.conflict,
            control,
            identical,
            staged=place.staged is not None,
            metadata=metadata,
        )
        self._files = FileExtractor(
            archive,
            place.root,
            self._outputs,
            guard,
            self._borrowed,
            core_count(request.threads),
            whole=selection.is_everything and not self._collisions.late,
        )
        self._folders = Folders(place.root, listing, top=selection.paths.top)
        self._structure = StructureExtractor(
            listing,
            selection,
            self._outputs,
            self._folders,
            place.root,
            control,
            self._collisions,
        )

    def _read_digests(self) -> bytes | None:
        try:
            return self._archive.digests()
        except ArchiveDamaged as error:  # what they would prove can still be extracted
            self._digest_problems.append(error.explain())
            return None

    def run(self) -> None:
        """Extract everything, or take everything back."""
        try:
            self._extract()
        except BaseException as error:
            self._control.progress.phase = "cleaning up"
            self._outputs.take_back(self._folders)
            if isinstance(error, Cancelled):
                raise Cancelled(tuple(self._outputs.replaced)) from None
            raise
        finally:
            self._structure.close()
            self._folders.close()

    def _extract(self) -> None:
        self._announce()
        rows, folders = self._rows_to_read(), self._folders
        check_space(self._guard, self._place.root, self._listing, rows, folders, self._place.target)
        if self._place.staged is None:
            remove_left_in(self._place.root)
        self._structure.make_folders()
        self._extract_files()
        self._structure.make_symlinks()
        self._structure.make_hard_links({}, Kind.SYMLINK)
        if self._request.devices:
            self._structure.make_nodes()
        else:
            self._structure.leave_out_nodes()
        for kind in NODES:
            self._structure.make_hard_links({}, kind)
        self._files.miss_what_was_not_found(self._selection)
        self._control.check()
        self._archive.source.check_unchanged()
        item = self._selection.top_rows()[0] if self._place.item is not None else None
        self._structure.finish_folders(later=item)
        self._place.settle()
        if item is not None:
            # Moving a folder needs the right to write into it: so its mode comes after.
            self._finish_moved(item)

    def _extract_files(self) -> None:
        rows, late = self._rows_to_read(), self._collisions.late
        place = self._borrowed.get
        first = [row for row in rows if place(row, row) not in late] if late else rows
        self._read(first, core_count(self._request.threads))
        self._structure.make_hard_links(self._borrowed, Kind.FILE, to_come=late)
        if late:
            self._read([row for row in rows if place(row, row) in late], threads=1)
            self._structure.make_hard_links(self._borrowed, Kind.FILE)

    def _read(self, rows: Iterable[int], threads: int) -> None:
        order = rows_in_order(self._archive, rows)
        runs, files, control = plan_runs(self._archive, order), self._files, self._control
        if not self._outputs.can_divide:
            run_crew(runs, files.work, threads, control.progress)
            return
        share_out(runs, files, threads, control, len(order))
        files.work_on_left(control.progress.lane())

    def _finish_moved(self, item: int) -> None:
        fd = self._place.open_item()
        try:
            self._structure.finish_folder(item, lambda: fd)
        finally:
            os.close(fd)

    def _rows_to_read(self) -> list[int]:
        return [*self._selection.all_rows(), *self._borrowed]

    def _announce(self) -> None:
        listing, selection = self._listing, self._selection
        kinds = listing.kind
        rows = [row for row in selection.all_rows() if kinds[row] != Kind.DIRECTORY]
        size = sum(listing.size[row] for row in [*rows, *self._borrowed])
        self._control.progress.start(listing, len(rows), size)
        self._control.progress.phase = "extracting"

    def report(self, seconds: float) -> ExtractReport:
        """What was done."""
        outcomes, kinds = self._control.progress.outcomes, self._listing.kind
        is_done = bytearray(outcomes.translate(_IS_DONE))
        for row in self._outputs.identical:
            is_done[row] = False
        done = bytes(compress(kinds, is_done))
        problems = [
            *self._selection.unmatched,
            *self._selection.refused,
            *self._digest_problems,
            *self._structure.problems,
            *self._files.problems,
            *self._outputs.metadata.problems(self._listing),
        ]
        return ExtractReport(
            destination=self._place.target,
            files=done.count(Kind.FILE),
            folders=len(self._outputs.folders_made),
            links=done.count(Kind.HARD_LINK) + done.count(Kind.SYMLINK),
            skipped=self._outputs.skipped,
            superseded=self._selection.superseded,
            stripped=self._selection.stripped,
            identical=len(set(self._outputs.identical)),
            bytes_out=sum(lane.bytes_done for lane in self._control.progress.lanes),
            seconds=seconds,
            replaced=(*self._outputs.replaced, *self._outputs.outdone),
            problems=(*problems, *description_problems(self._archive)),
        )
