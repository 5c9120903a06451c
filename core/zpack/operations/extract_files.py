"""Extracts the files of runs."""

import errno
import os
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import xxhash

from zpack.codecs import FrameError
from zpack.entries import Holes, Kind
from zpack.errors import (
    ArchiveDamaged,
    EntryDamaged,
    EntryUnwritable,
    Explanation,
    MetadataUnwritable,
    OutOfSpace,
    reason,
)
from zpack.filesystem import (
    Folders,
    Patience,
    SparseOutput,
    open_folder_allowance,
    write_all,
)
from zpack.jobs import CannotAsk, Lane, Outcome, Turn
from zpack.native.archive import Archive
from zpack.native.index import DIGEST_SIZE
from zpack.native.run_reader import Mismatch, Reader, read_run
from zpack.native.runs import Run, run_buffer
from zpack.native.zeros import digest_zeros
from zpack.operations.extract_output import Made, Outputs, OutputsPart
from zpack.operations.extract_selection import Selection
from zpack.operations.limits import EntryClock, LimitGuard
from zpack.operations.row_outcome import finish_row
from zpack.tar import Header, TarError

_DOUBTFUL = "the part of the archive that it is in is damaged, so it may not be whole"
_LARGE = 128 << 10  # writing takes longer than letting another thread have the turn
_FULL = (errno.ENOSPC, errno.EDQUOT)


class ExtractedPart(NamedTuple):
    """What a process did. ``left`` are runs, or what remains of them, for which it would have had
    to ask."""

    outputs: OutputsPart
    problems: list[Explanation]
    left: list[Run]


class FileExtractor:
    """Reads runs and writes their files. ``whole``: all entries of the archive are read.
    ``stands_for`` tells for a file that is wanted only under a hard link's name that link's row.
    ``threads``: how many share its open folders.

    ``work`` may run on several threads, or in processes if ``outputs`` allows it; ``problems`` is
    only appended to. ``left`` is what processes could not do, to be read by :meth:`work_on_left`.
    """

    def __init__(
        self,
        archive: Archive,
        root: int,
        outputs: Outputs,
        guard: LimitGuard,
        stands_for: dict[int, int],
        threads: int,
        *,
        whole: bool,
    ) -> None:
        self._turn = Turn()
        self._open_folders = open_folder_allowance(threads + 1)
        self._archive = archive
        self._listing = outputs.listing
        self._digests = outputs.digests
        self._root = root
        self._outputs = outputs
        self._guard = guard
        self._control = guard.control
        self._patience = Patience(guard.control.check)
        self._stands_for = stands_for
        self._whole = whole
        self.problems: list[Explanation] = []
        self.left: list[Run] = []

    def begin_part(self) -> None:
        """As of every ``Divisible``."""
        self.problems, self.left = [], []
        self._outputs.begin_part()

    def part(self) -> ExtractedPart:
        """As of every ``Divisible``."""
        return ExtractedPart(self._outputs.part(), self.problems, self.left)

    def add_part(self, part: ExtractedPart) -> None:
        """As of every ``Divisible``."""
        self._outputs.add_part(part.outputs)
        self.problems += part.problems
        self.left += part.left

    def lose_part(self) -> None:
        """As of every ``Divisible``."""
        self._outputs.lose_part()

    def work_on_left(self, lane: Lane) -> None:
        """What processes left, by a thread that may ask."""
        left, self.left, self._whole = self.left, [], False
        self.work(iter(left), lane)

    def work(self, runs: Iterator[Run], lane: Lane) -> None:
        """Extract runs until there are no more. Raises :class:`OutOfSpace` and ``Cancelled``."""
        folders = Folders(self._root, self._listing, self._open_folders, top=self._outputs.top)
        buffer = run_buffer(self._archive.frames)
        try:
            with self._turn:
                for run in runs:
                    self._extract_run(run, buffer, folders, lane)
        finally:
            folders.close()

    def _extract_run(
        self, run: Run, buffer: "memoryview[int]", folders: Folders, lane: Lane
    ) -> None:
        done = 0
        try:
            reader = read_run(self._archive, run, buffer, self._turn, whole=self._whole)
            for row in run.rows:
                self._extract_entry(reader, row, folders, lane)
                done += 1
            if self._digests is None:
                reader.drain_frame()
            reader.finish()
        except CannotAsk:
            self.left.append(Run(run.first, run.last, run.rows[done:]))
        except (FrameError, TarError) as error:
            for row in run.rows[done:]:
                self._damaged(row, str(error), lane)
            if done == len(run.rows) and self._archive.damage is None:
                self._note_frame(run, error)

    def _note_frame(self, run: Run, error: FrameError | TarError) -> None:
        frame = error.frame if isinstance(error, FrameError) else run.first
        offset = self._archive.frames.offset[frame]
        damage = ArchiveDamaged(self._archive.source.path, str(error), offset)
        self.problems.append(damage.explain())

    def _extract_entry(self, reader: Reader, row: int, folders: Folders, lane: Lane) -> None:
        self._control.check()
        place = self._stands_for.get(row, row)
        lane.begin(place)
        try:
            header = reader.entry(row)
        except Mismatch as error:
            self._damaged(row, str(error), lane)
            return
        if header.sparse:
            self._unwritable(place, "its form of a file with holes is not known", lane)
            self._pass_over(reader, header)
        elif header.attributes.kind == Kind.FILE:
            self._extract_file(reader, row, header, folders, lane)
        else:
            self._pass_over(reader, header)

    def _extract_file(
        self, reader: Reader, row: int, header: Header, folders: Folders, lane: Lane
    ) -> None:
        place = self._stands_for.get(row, row)
        try:
            made = self._outputs.make_file(place, folders)
        except OSError as error:
            self._unwritable(place, reason(error), lane)
            self._pass_over(reader, header)
            return
        if isinstance(made, Outcome):
            self._control.progress.finish(lane, place, made)
            self._pass_over(reader, header)
            return
        try:
            outcome = self._fill(reader, row, header, made, lane)
        except BaseException:
            self._outputs.discard(made)
            raise
        finally:
            os.close(made.value)
        self._settle(row, made, outcome, lane)

    def _fill(
        self, reader: Reader, row: int, header: Header, made: Made, lane: Lane
    ) -> OSError | str | None:
        """Write the content; returns what went wrong with the disk, or with the content."""
        piece = reader.content_at_once(header)
        if piece is None:
            failure, digest = self._fill_piecewise(reader, header, made, lane)
        else:
            failure, digest = self._write(made.value, piece), xxhash.xxh3_128_digest(piece)
            lane.advance(len(piece))
        if self._digests is not None:
            if digest != self._digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE]:
                return "its content is not what was put in"
        elif reader.is_doubtful():
            # Nothing vouches for it, so it must not replace anything; but it may be all there is.
            if made.replaces:
                return _DOUBTFUL
            self._damaged(row, _DOUBTFUL, lane)
        if failure is None:
            self._set_metadata(made, header)
        return failure

    def _fill_piecewise(
        self, reader: Reader, header: Header, made: Made, lane: Lane
    ) -> tuple[OSError | None, bytes]:
        digest = xxhash.xxh3_128()
        failure: OSError | None = None
        if header.attributes.holes is not None:
            return self._fill_sparse(reader, header, header.attributes.holes, made, lane)
        clock = EntryClock(self._guard)
        for piece in reader.content(header):
            self._control.check()
            clock.check(partial(self._path, made.row))
            digest.update(piece)
            if failure is None:
                failure = self._write(made.value, piece)
            lane.advance(len(piece))
        return failure, digest.digest()

    def _fill_sparse(
        self, reader: Reader, header: Header, holes: Holes, made: Made, lane: Lane
    ) -> tuple[OSError | None, bytes]:
        digest, at = xxhash.xxh3_128(), 0
        output, size = SparseOutput(made.value, holes, self._patience), header.attributes.size
        failure: OSError | None = None
        clock = EntryClock(self._guard)
        for start, piece in reader.stretches(header):
            clock.check(partial(self._path, made.row))
            self._pass_hole(digest, start - at, lane)
            digest.update(piece)
            at = start + len(piece)
            lane.advance(len(piece))
            try:
                if failure is None:
                    output.write(start, piece)
            except OSError as error:
                failure = error
        self._pass_hole(digest, size - at, lane)
        try:
            output.finish(size)
        except OSError as error:
            failure = failure or error
        return failure, digest.digest()

    def _pass_hole(self, digest: xxhash.xxh3_128, length: int, lane: Lane) -> None:
        self._control.check()
        if self._digests is not None:  # else nobody asks, and it may be of any length
            digest_zeros(digest, length, self._control.check)
        lane.advance(length)

    def _write(self, fd: int, piece: "memoryview[int]") -> OSError | None:
        if len(piece) < _LARGE:
            return self._write_all(fd, piece)
        with self._turn.aside:
            return self._write_all(fd, piece)

    def _write_all(self, fd: int, piece: "memoryview[int]") -> OSError | None:
        try:
            write_all(fd, piece, self._patience)
        except OSError as error:
            return error
        return None

    def _set_metadata(self, made: Made, header: Header) -> None:
        try:
            self._outputs.metadata.keep(made.value, header.attributes, made.row)
        except OSError as error:  # the content is worth keeping all the same
            path = os.fsdecode(self._listing.path(made.row))
            self.problems.append(MetadataUnwritable(path, reason(error)).explain())

    def _settle(self, row: int, made: Made, wrong: OSError | str | None, lane: Lane) -> None:
        if wrong is None:
            try:
                self._outputs.keep(made)
            except OSError as error:
                self._unwritable(made.row, reason(error), lane)
                return
            if self._control.progress.outcomes[made.row] == Outcome.WAITING:
                self._control.progress.finish(lane, made.row, Outcome.DONE)
            return
        self._outputs.discard(made)
        if isinstance(wrong, str):
            self._damaged(row, wrong, lane)
        elif wrong.errno in _FULL:
            raise OutOfSpace(os.fsdecode(self._listing.path(made.row))) from wrong
        else:
            self._unwritable(made.row, reason(wrong), lane)

    def miss_what_was_not_found(self, selection: Selection) -> None:
        """Whatever was wanted and not come across is damage, however that came about."""
        lane = self._control.progress.lane()
        for row in selection.all_rows():
            waiting = self._control.progress.outcomes[row] == Outcome.WAITING
            if waiting and self._listing.kind[row] == Kind.FILE and row not in self._stands_for:
                self._damaged(row, "it was not found in the archive", lane)

    def _path(self, row: int) -> str:
        return os.fsdecode(self._listing.path(row))

    def _pass_over(self, reader: Reader, header: Header) -> None:
        reader.pass_over(header, self._control.check)

    def _damaged(self, row: int, what: str, lane: Lane) -> None:
        place = self._stands_for.get(row, row)
        progress = self._control.progress
        if progress.outcomes[place] != Outcome.DAMAGED:
            path = os.fsdecode(self._listing.path(place))
            self.problems.append(EntryDamaged(path, what).explain())
        finish_row(progress, self._listing, lane, place, Outcome.DAMAGED)

    def _unwritable(self, row: int, why: str, lane: Lane) -> None:
        path = os.fsdecode(self._listing.path(row))
        self.problems.append(EntryUnwritable(path, why).explain())
        self._control.progress.finish(lane, row, Outcome.FAILED)
