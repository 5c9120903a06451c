"""Full verification: unpack everything, and compare it with what was put in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import xxhash

from zpack.codecs import FrameError, FrameTable
from zpack.entries import Kind
from zpack.jobs import Control, Lane, Turn, run_crew, share_out
from zpack.native.archive import Archive
from zpack.native.frame_hash import check_stored
from zpack.native.index import DIGEST_SIZE
from zpack.native.reading import frame_reader
from zpack.native.run_reader import Mismatch, Reader, read_run
from zpack.native.runs import Run, plan_runs, run_buffer
from zpack.operations.verify_findings import FindingsPart, VerifyFindings
from zpack.tar import Header, TarError

if TYPE_CHECKING:
    from zpack.operations.manifest_hashes import Hasher, RowHashes  # verifying needs no blake3

_LARGE = 32 << 10  # hashing takes longer than letting another thread have the turn


class DecodingCheck:
    """``digests`` are 16 bytes a row, None without. What is found goes to ``findings``; ``hashes``
    takes other digests of the files on the way."""

    def __init__(
        self,
        archive: Archive,
        digests: bytes | None,
        findings: VerifyFindings,
        control: Control,
        hashes: "RowHashes | None" = None,
    ) -> None:
        self._archive = archive
        self._listing = archive.listing
        self._digests = digests
        self._hashes = hashes
        self._findings = findings
        self._control = control
        self._turn = Turn()
        self._read = frame_reader(archive.source, archive.frames)

    def run(self, threads: int) -> None:
        """Read everything."""
        self._findings.start(sum(self._listing.size), proving=self._digests is not None)
        runs = plan_runs(self._archive, self._findings.order, every_frame=True)
        # The longest first, so that none is left alone at the end.
        runs.sort(key=lambda run: run.first - run.last)
        if self._hashes is None:
            share_out(runs, self, threads, self._control, len(self._findings.order))
        else:
            run_crew(runs, self.work, threads, self._control.progress)

    def begin_part(self) -> None:
        """As of every ``Divisible``."""
        self._findings.begin_part()

    def part(self) -> FindingsPart:
        """As of every ``Divisible``."""
        return self._findings.part()

    def add_part(self, part: FindingsPart) -> None:
        """As of every ``Divisible``."""
        self._findings.add_part(part)

    def lose_part(self) -> None:
        """As of every ``Divisible``: the whole verification fails."""

    def work(self, runs: Iterator[Run], lane: Lane) -> None:
        """As of every ``Divisible``."""
        buffer = run_buffer(self._archive.frames)
        with self._turn:
            for run in runs:
                self._verify_run(run, buffer, lane)

    def _verify_run(self, run: Run, buffer: "memoryview[int]", lane: Lane) -> None:
        passed = _Passed(self._archive.frames, run, self._findings, lane)
        done = 0
        try:
            reader = read_run(self._archive, run, buffer, self._turn, whole=True)
            for row in run.rows:
                self._verify_entry(reader, row, lane, passed)
                done += 1
            reader.finish()
            passed.all()
        except (FrameError, TarError) as error:
            frame = error.frame if isinstance(error, FrameError) else passed.frame
            if self._archive.damage is None:  # else it is told already
                self._findings.note(str(error), self._archive.frames.offset[frame])
            passed.bad(frame, str(error))
            for row in run.rows[done:]:
                self._findings.entry_is_bad(row, str(error), lane)
            self._look_at_rest(passed, run, lane)

    def _look_at_rest(self, passed: "_Passed", run: Run, lane: Lane) -> None:
        """The frames of a large file after the one that ended its reading: as they were written?"""
        if self._archive.frames.xxh3 is None:
            return
        for frame in range(passed.frame, run.last):
            self._control.check()
            try:
                with self._turn.aside:
                    check_stored(self._read, self._archive.frames, frame, self._step)
            except FrameError as error:
                self._findings.note(str(error), self._archive.frames.offset[frame])
                self._findings.frame_is_bad(frame, str(error), lane)
            else:
                self._findings.frame_is_good(frame, lane)
            lane.advance(self._archive.frames.dsize[frame])

    def _step(self, _count: int) -> None:
        self._control.check()

    def _verify_entry(self, reader: Reader, row: int, lane: Lane, passed: "_Passed") -> None:
        lane.begin(row)
        try:
            header = reader.entry(row)
        except Mismatch as error:
            self._findings.entry_is_bad(row, str(error), lane)
            return
        digest = self._digest(reader, header, row, lane, passed)
        self._control.check()
        if self._digests is None and reader.is_doubtful():
            what = "the part of the archive that it is in is damaged"
            self._findings.entry_is_bad(row, what, lane)
        elif self._is_proven(row, digest):
            self._findings.entry_is_good(row, lane)
        else:
            self._findings.entry_is_bad(row, "its content is not what was put in", lane)

    def _digest(
        self, reader: Reader, header: Header, row: int, lane: Lane, passed: "_Passed"
    ) -> bytes:
        hasher = self._hashes.hasher() if self._hashes is not None else None
        piece = reader.content_at_once(header)
        if piece is not None:
            lane.advance(len(piece))
            digest = xxhash.xxh3_128_digest(piece)
            if hasher is not None:
                self._hash(hasher, piece)
        elif hasher is None and self._digests is None:
            self._pass_over(reader, header, lane, passed)
            return b""
        else:
            digest = self._digest_piecewise(reader, header, hasher, lane, passed)
        if self._hashes is not None and hasher is not None:
            self._hashes.keep(row, hasher)
        return digest

    def _pass_over(self, reader: Reader, header: Header, lane: Lane, passed: "_Passed") -> None:
        """Content whose digest nobody asks for; its holes may be of any length."""
        left = header.attributes.size
        for _, piece in reader.stretches(header):
            self._control.check()
            lane.advance(len(piece))
            left -= len(piece)
            passed.to(reader.position)
        lane.advance(max(0, left))

    def _digest_piecewise(
        self,
        reader: Reader,
        header: Header,
        hasher: "Hasher | None",
        lane: Lane,
        passed: "_Passed",
    ) -> bytes:
        digest = xxhash.xxh3_128()
        for piece in reader.content(header):
            self._control.check()
            digest.update(piece)
            if hasher is not None:
                self._hash(hasher, piece)
            lane.advance(len(piece))
            passed.to(reader.position)
        return digest.digest()

    def _hash(self, hasher: "Hasher", piece: "memoryview[int]") -> None:
        if len(piece) < _LARGE:
            hasher.update(piece)
        else:
            with self._turn.aside:
                hasher.update(piece)

    def _is_proven(self, row: int, digest: bytes) -> bool:
        if self._digests is None:
            return True
        expected = self._digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE]
        if self._listing.kind[row] != Kind.FILE:
            return not any(expected)
        return digest == expected


class _Passed:
    """Tells which frames of a run are behind the reader. ``frame`` is the first that is not."""

    def __init__(self, table: FrameTable, run: Run, findings: VerifyFindings, lane: Lane) -> None:
        self._sizes = table.dsize
        self._last = run.last
        self._findings = findings
        self._lane = lane
        self.frame = run.first
        self._end = table.dsize[run.first] if run.first < run.last else 0

    def to(self, position: int) -> None:
        """So much of the run's content was used. Right at a frame's end its checksum may not have
        been looked at."""
        while position > self._end and self.frame + 1 < self._last:
            self._good()
            self._end += self._sizes[self.frame]

    def all(self) -> None:
        """The run was read to its end."""
        self._up_to(self._last)

    def bad(self, frame: int, what: str) -> None:
        """Reading ended in ``frame``."""
        self._up_to(frame)
        self._findings.frame_is_bad(frame, what, self._lane)
        self.frame = frame + 1

    def _up_to(self, frame: int) -> None:
        while self.frame < frame:
            self._good()

    def _good(self) -> None:
        self._findings.frame_is_good(self.frame, self._lane)
        self.frame += 1
