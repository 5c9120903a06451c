"""Verify an archive: read everything, and compare it with what was put in."""

import os
import time
from array import array
from collections.abc import Iterator
from typing import NamedTuple

import xxhash

from zpack.codecs import FrameError
from zpack.entries import NO_FRAME, Kind
from zpack.errors import ArchiveDamaged, EntryDamaged, Explanation
from zpack.jobs import Control, Lane, Outcome, Turn, core_count, share_out
from zpack.native.archive import Archive
from zpack.native.index import DIGEST_SIZE
from zpack.native.layout import LayoutError
from zpack.native.run_reader import Mismatch, Reader, read_run
from zpack.native.runs import Run, plan_runs, run_buffer
from zpack.native.tail import check_whole
from zpack.operations.limits import LimitGuard
from zpack.operations.opening import open_for
from zpack.operations.proof_state import description_problems, proof_state
from zpack.operations.reports import VerifyReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import VerifyRequest
from zpack.operations.row_outcome import finish_row
from zpack.tar import Header, TarError


def verify(request: VerifyRequest, control: Control) -> VerifyReport:
    """Decode every frame, compare every header with the index and every file with its digest.

    Damage is in the report, not raised; what raises is an archive of which nothing can be read
    (the errors of ``open_readable``) and ``Cancelled``.
    """
    check_types(request, VerifyRequest)
    started = time.monotonic()
    guard = LimitGuard(request.archive, request.limits, control)
    with open_for(request.archive, control, every_row=True, guard=guard) as archive:
        job = _Verification(archive, control)
        job.run(core_count(request.threads))
        archive.source.check_unchanged()
        problems = (*job.files, *job.whole, *description_problems(archive))
        damaged = bool(job.files or job.whole)
        outcomes = control.progress.outcomes
        return VerifyReport(
            archive=request.archive,
            proof=proof_state(archive, damaged=damaged),
            files=len(job.file_rows),
            good=sum(outcomes[row] == Outcome.DONE for row in job.file_rows),
            bytes_checked=sum(lane.bytes_done for lane in control.progress.lanes),
            seconds=time.monotonic() - started,
            problems=problems,
        )


class _Part(NamedTuple):
    """What a process found, as in :class:`_Verification`."""

    files: list[Explanation]
    whole: list[Explanation]


class _Verification:
    """One run of :func:`verify`: ``files`` are the damaged entries, ``whole`` what concerns the
    archive. Threads only append to them."""

    def __init__(self, archive: Archive, control: Control) -> None:
        self._archive = archive
        self._listing = archive.listing
        self._control = control
        self._turn = Turn()
        self._digests: bytes | None = None
        self.files: list[Explanation] = []
        self.whole: list[Explanation] = []
        self.file_rows = array("I")  # all but folders

    def run(self, threads: int) -> None:
        """Read everything."""
        archive, progress = self._archive, self._control.progress
        if not self._description_holds():
            progress.start(archive.listing, 0, 0)
            return
        order = archive.listing.tar_order()
        kinds = archive.listing.kind
        self.file_rows = array("I", (row for row in order if kinds[row] != Kind.DIRECTORY))
        progress.start(archive.listing, len(self.file_rows), sum(archive.listing.size))
        progress.phase = "verifying"
        runs = plan_runs(archive, order, every_frame=True)
        # The longest first, so that none is left alone at the end.
        runs.sort(key=lambda run: run.first - run.last)
        share_out(runs, self, threads, self._control, len(order))
        self._check_hard_links()
        self._check_all_were_seen(order)

    def _description_holds(self) -> bool:
        archive = self._archive
        if archive.tail is None:
            return True
        try:
            check_whole(archive.source, archive.tail)
            self._digests = archive.digests()
            self._check_digests_of_nothing()
        except LayoutError as error:
            self._note(str(error))
            return False
        except ArchiveDamaged as error:
            self.whole.append(error.explain())
            return False
        return True

    def _check_digests_of_nothing(self) -> None:
        frame, digests = self._listing.frame, self._digests or b""
        for row, start in enumerate(range(0, len(digests), DIGEST_SIZE)):
            if frame[row] == NO_FRAME and any(digests[start : start + DIGEST_SIZE]):
                raise LayoutError("a folder without an entry has a digest")

    def begin_part(self) -> None:
        """As of every ``Divisible``."""
        self.files, self.whole = [], []

    def part(self) -> _Part:
        """As of every ``Divisible``."""
        return _Part(self.files, self.whole)

    def add_part(self, part: _Part) -> None:
        """As of every ``Divisible``."""
        self.files += part.files
        self.whole += part.whole

    def lose_part(self) -> None:
        """As of every ``Divisible``: the whole verification fails."""

    def work(self, runs: Iterator[Run], lane: Lane) -> None:
        """As of every ``Divisible``."""
        buffer = run_buffer(self._archive.frames)
        with self._turn:
            for run in runs:
                self._verify_run(run, buffer, lane)

    def _verify_run(self, run: Run, buffer: "memoryview[int]", lane: Lane) -> None:
        done = 0
        try:
            reader = read_run(self._archive, run, buffer, self._turn, whole=True)
            for row in run.rows:
                self._verify_entry(reader, row, lane)
                done += 1
            reader.finish()
        except (FrameError, TarError) as error:
            frame = error.frame if isinstance(error, FrameError) else run.first
            if self._archive.damage is None:  # else it is told already
                self._note(str(error), self._archive.frames.offset[frame])
            for row in run.rows[done:]:
                self._damaged(row, str(error), lane)

    def _verify_entry(self, reader: Reader, row: int, lane: Lane) -> None:
        lane.begin(row)
        try:
            header = reader.entry(row)
        except Mismatch as error:
            self._damaged(row, str(error), lane)
            return
        digest = self._digest(reader, header, lane)
        self._control.check()
        if self._digests is None and reader.is_doubtful():
            self._damaged(row, "the part of the archive that it is in is damaged", lane)
        elif self._is_proven(row, digest):
            self._finish(lane, row, Outcome.DONE)
        else:
            self._damaged(row, "its content is not what was put in", lane)

    def _digest(self, reader: Reader, header: Header, lane: Lane) -> bytes:
        piece = reader.content_at_once(header)
        if piece is not None:
            lane.advance(len(piece))
            return xxhash.xxh3_128_digest(piece)
        if self._digests is None:  # nobody asks, and its holes may be of any length
            left = header.attributes.size
            for _, piece in reader.stretches(header):
                self._control.check()
                lane.advance(len(piece))
                left -= len(piece)
            lane.advance(max(0, left))
            return b""
        digest = xxhash.xxh3_128()
        for piece in reader.content(header):
            self._control.check()
            digest.update(piece)
            lane.advance(len(piece))
        return digest.digest()

    def _is_proven(self, row: int, digest: bytes) -> bool:
        if self._digests is None:
            return True
        expected = self._digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE]
        if self._listing.kind[row] != Kind.FILE:
            return not any(expected)
        return digest == expected

    def _finish(self, lane: Lane, row: int, outcome: Outcome) -> None:
        finish_row(self._control.progress, self._listing, lane, row, outcome)

    def _damaged(self, row: int, what: str, lane: Lane) -> None:
        if self._control.progress.outcomes[row] == Outcome.DAMAGED:
            return
        path = os.fsdecode(self._listing.path(row))
        self.files.append(EntryDamaged(path, what).explain())
        self._finish(lane, row, Outcome.DAMAGED)

    def _check_hard_links(self) -> None:
        listing = self._listing
        lane = self._control.progress.lane()
        for row in listing.link_row:
            if listing.kind[row] != Kind.HARD_LINK:
                continue
            target = listing.hard_link_target(row)
            if target is None:
                self._damaged(row, "the file that it links to is not in the archive", lane)
            elif self._control.progress.outcomes[target] == Outcome.DAMAGED:
                self._damaged(row, "the file that it is another name of is damaged", lane)

    def _check_all_were_seen(self, order: "array[int]") -> None:
        lane = self._control.progress.lane()
        for row in order:
            if self._control.progress.outcomes[row] == Outcome.WAITING:
                self._damaged(row, "it was not found in the archive", lane)

    def _note(self, what: str, offset: int | None = None) -> None:
        error = ArchiveDamaged(self._archive.source.path, what, offset)
        self.whole.append(error.explain())
