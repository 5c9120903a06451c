"""Takes the content that stays from an archive into the one that replaces it."""

import os
from array import array
from collections.abc import Callable, Collection

from zpack.codecs import FrameError, FrameStream, FrameTable
from zpack.entries import NO_ROW, Kind, Paths
from zpack.errors import ArchiveChanged, ArchiveDamaged, EditStopped
from zpack.jobs import Turn
from zpack.native.archive import Archive
from zpack.native.edit_frames import RunStep, Step
from zpack.native.edit_plan import EditPlan
from zpack.native.index import DIGEST_SIZE
from zpack.native.pieces import Pieces
from zpack.native.reading import frame_reader
from zpack.native.run_reader import Mismatch, RunReader
from zpack.native.runs import Run, run_buffer
from zpack.native.writer import ArchiveWriter, settled_holes
from zpack.records import mutable_record
from zpack.tar import Header, TarError, padding

CopyFrames = Callable[[int, int], None]


@mutable_record
class Work:
    """What it cost, in bytes: compressed ones copied as they are, content decoded."""

    copied: int = 0
    decoded: int = 0


class Rewriter:
    """Carries out the steps of a plan. ``copy(offset, length)`` appends bytes of the archive's file
    to the new one, from any thread. For one thread."""

    def __init__(
        self,
        archive: Archive,
        plan: EditPlan,
        writer: ArchiveWriter,
        copy: CopyFrames,
        check: Callable[[], None],
    ) -> None:
        self._archive = archive
        self._listing = archive.listing
        self._plan = plan
        self._writer = writer
        self._copy = copy
        self._check = check
        self._digests = archive.digests()
        # Without any the new archive gets none either.
        self._old_digests = self._digests or bytes(DIGEST_SIZE * len(archive.listing))
        self._paths = Paths(plan.rows)
        self._buffer = run_buffer(archive.frames)
        self._turn = Turn()
        self._stretch: list[Run] = []
        self.work = Work()

    def run(self, steps: list[RunStep]) -> None:
        """Everything that stays and has content.

        Raises :class:`EditStopped` where what must be read is not as it was put in.
        """
        actions = {
            Step.SKIP: self._skip,
            Step.COPY: self._stretch_on,
            Step.CHECK: self._read,
            Step.RESTATE: self._restate,
            Step.RECODE: self._read,
        }
        with self._turn:
            for each in steps:
                self._check()
                joins = each.step is Step.COPY and self._follows(each.run)
                if not joins:
                    self._end_stretch()
                actions[each.step](each.run)
            self._end_stretch()

    def _reader(self, run: Run) -> RunReader:
        return RunReader(self._archive, run, self._buffer, self._turn, whole=True)

    def _skip(self, run: Run) -> None:
        pass

    def _follows(self, run: Run) -> bool:
        return bool(self._stretch) and self._stretch[-1].last == run.first

    def _stretch_on(self, run: Run) -> None:
        self._stretch.append(run)

    def _end_stretch(self) -> None:
        """Runs that follow one another are copied together."""
        if not self._stretch:
            return
        first, last = self._stretch[0].first, self._stretch[-1].last
        number = self._add_stored(first, last, marked=first == 0)
        for run in self._stretch:
            self._check()
            self._place_run(run, number - first)
        self._stretch = []

    def _place_run(self, run: Run, shift: int) -> None:
        """The rows of a run that is copied lie so many frames later now."""
        content, listing, rows = self._plan.content, self._listing, self._plan.rows
        digests, size = self._writer.digests, DIGEST_SIZE
        old = self._old_digests
        for row in run.rows:  # a million of them: no calls in here
            new = content[row]
            rows.frame[new] = listing.frame[row] + shift
            rows.offset[new] = listing.offset[row]
            digests[new * size : (new + 1) * size] = old[row * size : (row + 1) * size]

    def _add_stored(self, first: int, last: int, *, marked: bool) -> int:
        frames = self._archive.frames
        part = _part(frames, first, last)
        offset, length = frames.offset[first], sum(part.csize)
        self.work.copied += length

        def copy() -> None:
            self._copy(offset, length)
            if self._writer.wants_content:
                self._show_content(first, last)

        return self._writer.add_stored(part, copy, first=marked)

    def _show_content(self, first: int, last: int) -> None:
        """Decode frames that were copied, for the checksum of all content."""
        source, frames = self._archive.source, self._archive.frames
        reader = frame_reader(source, frames)
        stream = FrameStream(reader, frames, first, last, check_stored=True)
        buffer = run_buffer(frames)
        try:
            while count := stream.readinto(buffer):
                self._check()
                self._writer.show_content(buffer[:count])
        except FrameError as error:
            damage = ArchiveDamaged(source.path, str(error), frames.offset[error.frame])
            raise ArchiveChanged(source.path) if source.changed else damage from error

    def _carry_digest(self, row: int, new: int) -> None:
        if self._digests is not None:
            self._writer.set_digest(new, self._digest(row))

    def _digest(self, row: int) -> bytes:
        assert self._digests is not None
        return self._digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE]

    def _read(self, run: Run) -> None:
        """Decode a run; what stays of its files is coded anew."""
        self.work.decoded += sum(self._archive.frames.dsize[run.first : run.last])
        row = run.rows[0]
        try:
            reader = self._reader(run)
            for row in run.rows:
                self._read_entry(reader, row)
            reader.finish()
        except (FrameError, TarError) as error:
            raise self._stopped(row, str(error)) from error

    def _read_entry(self, reader: RunReader, row: int) -> None:
        self._check()
        new = self._plan.content[row]
        try:
            header = reader.entry(row)
        except Mismatch as error:
            if new == NO_ROW:
                return  # it goes: nothing is lost
            raise self._stopped(row, str(error)) from error
        if new != NO_ROW and self._listing.kind[row] == Kind.FILE:
            self._store(reader, header, row, new)
            return
        reader.pass_over(header, self._check)

    def _store(self, reader: RunReader, header: Header, row: int, new: int) -> None:
        if header.sparse:
            raise self._stopped(row, "its form of a file with holes is not known")
        attributes = self._plan.rows.attributes(new)
        attributes.holes = settled_holes(header.attributes.holes)
        pieces = reader.content(header)
        source = Pieces(pieces)
        path = self._paths.path(new)
        self._writer.add_file(new, path, attributes, source.readinto, source.skip)
        for _ in pieces:  # pass over the padding
            pass
        stored = self._writer.digests[new * DIGEST_SIZE : (new + 1) * DIGEST_SIZE]
        if self._digests is not None and stored != self._digest(row):
            raise self._stopped(row, "its content is not what was put in")

    def _restate(self, run: Run) -> None:
        """A file of several frames: only its first frame has headers."""
        (row,) = run.rows
        new, rows, frames = self._plan.content[row], self._plan.rows, self._archive.frames
        self.work.decoded += frames.dsize[run.first]
        try:
            reader = self._reader(Run(run.first, run.first + 1, run.rows))
            header = reader.entry(row)
            here = frames.dsize[run.first] - reader.position
            if here + sum(frames.dsize[run.first + 1 : run.last]) != _padded(header.stored):
                raise TarError("it has another size than the index says")
            pieces = reader.beginning(here)
            self._writer.begin_stored(new, self._paths.path(new), rows.attributes(new), pieces)
        except (FrameError, TarError, Mismatch) as error:
            raise self._stopped(row, str(error)) from error
        self._add_stored(run.first + 1, run.last, marked=False)
        self._carry_digest(row, new)

    def _stopped(self, row: int, what: str) -> Exception:
        if self._archive.source.changed:
            return ArchiveChanged(self._archive.source.path)
        return EditStopped(self._archive.source.path, os.fsdecode(self._listing.path(row)), what)


def write_rest(
    plan: EditPlan, writer: ArchiveWriter, dropped: Collection[int], check: Callable[[], None]
) -> None:
    """When all files are stored: links, devices and folders, but those ``dropped``. The plan has
    all that there is to know of them."""
    paths = Paths(plan.rows)
    for row in (*plan.hard_links, *plan.others):
        check()
        if row not in dropped:
            writer.add_entry(row, paths.path(row), plan.rows.links.get(row, b""))
    writer.begin_folders()
    for row in plan.folders:
        check()
        writer.add_entry(row, paths.path(row))


def _padded(size: int) -> int:
    return size + padding(size)


def _part(frames: FrameTable, first: int, last: int) -> FrameTable:
    assert frames.xxh3 is not None
    columns = (frames.offset, frames.csize, frames.dsize, frames.xxh3)
    offset, csize, dsize, xxh3 = (
        array(code, c[first:last]) for code, c in zip("QIIQ", columns, strict=True)
    )
    return FrameTable(offset, csize, dsize, xxh3, frames.coding)
