"""Compares the content of files on disk with the archive's, by digest."""

import os
import stat
from collections.abc import Iterable, Iterator

import xxhash

from zpack.codecs import FrameError
from zpack.entries import Listing
from zpack.errors import reason
from zpack.filesystem import Folders, open_file
from zpack.jobs import Control, Lane, Turn
from zpack.native.archive import Archive
from zpack.native.index import DIGEST_SIZE
from zpack.native.run_reader import Mismatch, Reader, read_run
from zpack.native.runs import Run, run_buffer
from zpack.operations.compare_findings import Findings
from zpack.operations.differences import Aspect
from zpack.operations.row_outcome import finish_row
from zpack.tar import MAX_PACKED, TarError

_PIECE = 1 << 20


class FileHasher:
    """Hashes files on disk and notes which differ. For one thread; close it."""

    def __init__(self, root: int, listing: Listing, findings: Findings, control: Control) -> None:
        self._listing = listing
        self._findings = findings
        self._control = control
        self._folders = Folders(root, listing)
        self._buffer = memoryview(bytearray(_PIECE))

    def compare(self, row: int, size: int, digest: bytes, lane: Lane) -> None:
        """Read the file of ``row``: is it ``size`` bytes of that digest?"""
        lane.begin(row)
        try:
            folder = self._folders.get(self._listing.parent[row])
            fd = open_file(folder, self._listing.name(row))
            try:
                self._compare_open(fd, row, size, digest, lane)
            finally:
                os.close(fd)
        except OSError as error:
            self._findings.unknown(row, reason(error))
        self.finish(row, lane)

    def _compare_open(self, fd: int, row: int, size: int, digest: bytes, lane: Lane) -> None:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            self._findings.differs(row, Aspect.KIND)
            return
        found = xxhash.xxh3_128()
        left = size
        while left:
            self._control.check()
            count = os.readv(fd, [self._buffer[: min(left, _PIECE)]])
            if not count:
                break
            found.update(self._buffer[:count])
            lane.advance(count)
            left -= count
        if left or os.read(fd, 1):  # it was cut, or grew, since it was looked at
            self._findings.differs(row, Aspect.SIZE)
        elif found.digest() != digest:
            self._findings.differs(row, Aspect.CONTENT)

    def finish(self, row: int, lane: Lane) -> None:
        """The row is through."""
        outcome = self._findings.outcome(row)
        finish_row(self._control.progress, self._listing, lane, row, outcome)

    def close(self) -> None:
        """Close its folders."""
        self._folders.close()


class DigestComparer:
    """Compares with the archive's digests, without decoding it. ``detached`` tells for some rows
    which other row has their content. Threads share it."""

    def __init__(
        self,
        archive: Archive,
        digests: bytes,
        root: int,
        findings: Findings,
        control: Control,
        detached: dict[int, int],
    ) -> None:
        self._listing = archive.listing
        self._digests = digests
        self._root = root
        self._findings = findings
        self._control = control
        self._detached = detached

    def work(self, rows: Iterator[int], lane: Lane) -> None:
        """Compare rows until there are no more."""
        hasher = FileHasher(self._root, self._listing, self._findings, self._control)
        try:
            for row in rows:
                self._control.check()
                source = self._detached.get(row, row)
                digest = self._digests[source * DIGEST_SIZE : (source + 1) * DIGEST_SIZE]
                hasher.compare(row, self._listing.size[source], digest, lane)
        finally:
            hasher.close()


class DecodedComparer:
    """Compares with what the archive decodes to. ``wanted`` are the rows on disk; ``detached`` as
    for :class:`DigestComparer`. Threads share it."""

    def __init__(
        self,
        archive: Archive,
        root: int,
        findings: Findings,
        control: Control,
        wanted: Iterable[int],
        detached: dict[int, int],
    ) -> None:
        self._archive = archive
        self._root = root
        self._findings = findings
        self._control = control
        self._turn = Turn()
        self._names: dict[int, list[int]] = {}
        for row in wanted:
            self._names.setdefault(detached.get(row, row), []).append(row)

    def rows(self) -> Iterable[int]:
        """The rows of the archive to decode."""
        return self._names

    def work(self, runs: Iterator[Run], lane: Lane) -> None:
        """Decode and compare runs until there are no more."""
        hasher = FileHasher(self._root, self._archive.listing, self._findings, self._control)
        buffer = run_buffer(self._archive.frames)
        try:
            with self._turn:
                for run in runs:
                    self._compare_run(run, buffer, hasher, lane)
        finally:
            hasher.close()

    def _compare_run(
        self, run: Run, buffer: "memoryview[int]", hasher: FileHasher, lane: Lane
    ) -> None:
        done = 0
        try:
            reader = read_run(self._archive, run, buffer, self._turn, whole=False)
            for row in run.rows:
                self._compare_row(reader, row, hasher, lane)
                done += 1
            reader.drain_frame()
        except (FrameError, TarError) as error:
            # The frame's checksum is looked at last: what was read of it is in doubt.
            frame = error.frame if isinstance(error, FrameError) else run.first
            for at, row in enumerate(run.rows):
                if at >= done or self._archive.listing.frame[row] >= frame:
                    self._damaged(row, str(error), hasher, lane)

    def _compare_row(self, reader: Reader, row: int, hasher: FileHasher, lane: Lane) -> None:
        self._control.check()
        try:
            header = reader.entry(row)
        except Mismatch as error:
            self._damaged(row, str(error), hasher, lane)
            return
        if header.attributes.size > MAX_PACKED:
            for name in self._names[row]:
                self._findings.unknown(name, "it is too large to be compared")
                hasher.finish(name, lane)
            reader.pass_over(header, self._control.check)
            return
        digest, size = xxhash.xxh3_128(), 0
        for piece in reader.content(header):
            self._control.check()
            digest.update(piece)
            size += len(piece)
        if header.sparse:
            for name in self._names[row]:
                self._findings.unknown(name, "its form of a file with holes is not known")
                hasher.finish(name, lane)
        elif reader.is_doubtful():
            self._damaged(row, "the part of the archive that it is in is damaged", hasher, lane)
        else:
            for name in self._names[row]:
                hasher.compare(name, size, digest.digest(), lane)

    def _damaged(self, row: int, what: str, hasher: FileHasher, lane: Lane) -> None:
        for name in self._names[row]:
            self._findings.damaged(name, what)
            hasher.finish(name, lane)
