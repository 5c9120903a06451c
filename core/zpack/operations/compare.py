"""Compare an archive with what is on disk."""

import os
import time
from collections.abc import Iterator

from zpack.entries import ROOT, Kind
from zpack.errors import (
    ArchiveDamaged,
    Explanation,
    NotAFolder,
    RequestRefused,
    SourceMissing,
    SourceUnreadable,
    reason,
)
from zpack.jobs import Control, Outcome, core_count, run_crew
from zpack.native.archive import Archive
from zpack.native.runs import plan_runs, rows_in_order
from zpack.operations.compare_content import DecodedComparer, DigestComparer
from zpack.operations.compare_findings import Findings
from zpack.operations.compare_tree import TreeComparer
from zpack.operations.differences import Aspect
from zpack.operations.extract_selection import Selection
from zpack.operations.limits import LimitGuard
from zpack.operations.opening import open_for
from zpack.operations.proof_state import description_problems
from zpack.operations.reports import CompareReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import CompareRequest
from zpack.operations.row_outcome import finish_row

_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def compare(request: CompareRequest, control: Control) -> CompareReport:
    """Tell what differs, what is missing and what is new on disk. Nothing is changed, and no link
    is followed, so nothing outside of the folder is looked at.

    Where the archive has digests, files on disk are read once and hashed, and the archive is not
    decoded (so damage in it does not show); where it has none, its content is decoded and compared.

    What cannot be read on either side is in the report. Raises :class:`RequestRefused`, the errors
    of ``open_readable`` and ``Cancelled``.
    """
    check_types(request, CompareRequest)
    root = open_folder(request.folder)
    try:
        guard = LimitGuard(request.archive, request.limits, control)
        every_row = not request.members
        with open_for(request.archive, control, every_row=every_row, guard=guard) as archive:
            report = compare_archive(request, archive, root, control)
            archive.source.check_unchanged()
            return report
    finally:
        os.close(root)


def compare_archive(
    request: CompareRequest, archive: Archive, root: int, control: Control
) -> CompareReport:
    """As :func:`compare`, of an archive that is open, with the folder of an open descriptor."""
    started = time.monotonic()
    job = _Comparison(request, archive, root, control)
    job.run()
    return job.report(time.monotonic() - started)


def open_folder(path: str) -> int:
    """A descriptor of a folder to compare with. Raises :class:`RequestRefused`."""
    try:
        return os.open(path, _FLAGS)
    except FileNotFoundError as error:
        raise RequestRefused([SourceMissing(path)]) from error
    except NotADirectoryError as error:
        raise RequestRefused([NotAFolder(path)]) from error
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "its name has a NUL"
        raise RequestRefused([SourceUnreadable(path, why)]) from error


class _Comparison:
    """One run of :func:`compare`."""

    def __init__(
        self, request: CompareRequest, archive: Archive, root: int, control: Control
    ) -> None:
        self._request = request
        self._archive = archive
        self._root = root
        self._control = control
        self._selection = Selection(archive, request.members)
        self._findings = Findings(archive.listing, frozenset(request.ignore))
        self._problems: list[Explanation] = []
        self._bytes_read = 0

    def run(self) -> None:
        """Look at all names, then at the content of what may be the same."""
        tree = TreeComparer(
            self._archive.listing, self._selection, self._findings, self._root, self._control
        )
        tree.run(search_top=self._request.search_top or self._archive.listing.has_entry(ROOT))
        if Aspect.CONTENT in self._request.ignore:
            del tree.files[:]
        self._announce(tree)
        if tree.files:
            self._compare_content(tree)
        tree.settle_hard_links()
        self._finish_rows()

    def _announce(self, tree: TreeComparer) -> None:
        listing, progress = self._archive.listing, self._control.progress
        items = sum(listing.kind[row] != Kind.DIRECTORY for row in self._rows())
        size = sum(listing.size[tree.detached.get(row, row)] for row in tree.files)
        progress.start(listing, items, size)
        progress.phase = "comparing"

    def _rows(self) -> Iterator[int]:
        return (row for row in self._selection.all_rows() if self._archive.listing.has_entry(row))

    def _compare_content(self, tree: TreeComparer) -> None:
        control, archive, findings = self._control, self._archive, self._findings
        threads = core_count(self._request.threads)
        digests = self._digests()
        if digests is not None:
            by_digest = DigestComparer(
                archive, digests, self._root, findings, control, tree.detached
            )
            run_crew(tree.files, by_digest.work, threads, control.progress)
        else:
            decoded = DecodedComparer(
                archive, self._root, findings, control, tree.files, tree.detached
            )
            runs = plan_runs(archive, rows_in_order(archive, decoded.rows()))
            run_crew(runs, decoded.work, threads, control.progress)
        self._bytes_read = sum(lane.bytes_done for lane in control.progress.lanes)

    def _digests(self) -> bytes | None:
        try:
            return self._archive.digests()
        except ArchiveDamaged as error:  # its content can still be decoded
            self._problems.append(error.explain())
            return None

    def _finish_rows(self) -> None:
        progress = self._control.progress
        lane = progress.lane()
        for row in self._rows():
            if progress.outcomes[row] == Outcome.WAITING:
                finish_row(progress, self._archive.listing, lane, row, self._findings.outcome(row))

    def report(self, seconds: float) -> CompareReport:
        """What was found."""
        findings = self._findings
        problems = (*self._selection.refused, *self._problems, *findings.problems)
        return CompareReport(
            archive=self._request.archive,
            folder=self._request.folder,
            same=sum(findings.is_same(row) for row in self._rows()),
            differences=findings.differences(),
            bytes_read=self._bytes_read,
            seconds=seconds,
            problems=(*problems, *description_problems(self._archive)),
        )
