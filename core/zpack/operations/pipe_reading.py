"""Reads chosen entries in the archive's order, proving them as they pass."""

import os
from collections.abc import Iterable, Iterator
from typing import Protocol

import xxhash

from zpack.codecs import FrameError
from zpack.entries import Kind, Listing
from zpack.errors import EntryDamaged, EntryUnwritable, Explanation
from zpack.jobs import Control, Lane, Outcome, Turn
from zpack.native.archive import Archive
from zpack.native.index import DIGEST_SIZE
from zpack.native.run_reader import Mismatch, RunReader
from zpack.native.runs import plan_runs, rows_in_order, run_buffer
from zpack.operations.extract_selection import Selection
from zpack.operations.limits import LimitGuard
from zpack.operations.name_encoding import named
from zpack.operations.pipe_requests import PipeRequest
from zpack.operations.row_outcome import finish_row
from zpack.records import record
from zpack.tar import Header, TarError

_ZEROS = bytes(1 << 20)


class Output(Protocol):
    """Takes what is written: a file, a pipe, a :class:`StreamTarget`."""

    def write(self, data: bytes, /) -> object: ...


@record
class Chosen:
    """An open archive and what is wanted of it. ``places`` tells for files that are wanted only
    under a hard link's name that link's row."""

    archive: Archive
    selection: Selection
    places: dict[int, int]

    @property
    def listing(self) -> Listing:
        """All that the archive has."""
        return self.selection.paths.listing


def choose(archive: Archive, request: PipeRequest, guard: LimitGuard) -> Chosen:
    """What a request wants. Raises :class:`RequestRefused` and :class:`LimitReached`."""
    listing = named(archive.listing, request.name_encoding)
    selection = Selection(
        archive,
        request.members,
        request.strip_components,
        request.include,
        request.exclude,
        listing,
    )
    places = borrowed_files(listing, selection)
    rows = [*selection.all_rows(), *places]
    guard.chosen(len(rows), sum(listing.size[row] for row in rows), archive.source.size)
    return Chosen(archive, selection, places)


def borrowed_files(listing: Listing, selection: Selection) -> dict[int, int]:
    """Files whose data is wanted only under another name: their rows, and the link's."""
    borrowed: dict[int, int] = {}
    for row in selection.of_kind(Kind.HARD_LINK):
        target = listing.hard_link_target(row)
        if (
            target is not None
            and listing.kind[target] == Kind.FILE
            and not selection.wanted(target)
        ):
            borrowed.setdefault(target, row)
    return borrowed


class PipeReader:
    """Goes through entries once. What was written cannot be taken back, so damage ends it."""

    def __init__(self, chosen: Chosen, control: Control) -> None:
        self._archive = chosen.archive
        self._listing = chosen.listing
        self._control = control
        self._lane: Lane = control.progress.lane()
        self._digests = chosen.archive.digests()
        self.problems: list[Explanation] = []

    def entries(self, rows: Iterable[int]) -> "Iterator[tuple[int, Iterator[bytes]]]":
        """Rows in the archive's order, each with its content, all of which must be taken. Raises
        :class:`EntryDamaged` for the first that is not as it was put in, and ``Cancelled``."""
        order = rows_in_order(self._archive, rows)
        size = sum(self._listing.size[row] for row in order)
        self._control.progress.start(self._listing, len(order), size)
        self._control.progress.phase = "extracting"
        buffer, turn = run_buffer(self._archive.frames), Turn()
        for run in plan_runs(self._archive, order):
            row = run.rows[0]
            try:
                with turn:
                    reader = RunReader(self._archive, run, buffer, turn, whole=False)
                    for row in run.rows:
                        yield from self._entry(reader, row)
                    if self._digests is None:
                        reader.drain_frame()
            except (FrameError, TarError, Mismatch) as error:
                raise EntryDamaged(self._path(row), str(error)) from error
        self._archive.source.check_unchanged()

    def _entry(self, reader: RunReader, row: int) -> "Iterator[tuple[int, Iterator[bytes]]]":
        self._control.check()
        self._lane.begin(row)
        header = reader.entry(row)
        if header.sparse:
            why = "its form of a file with holes is not known"
            self.problems.append(EntryUnwritable(self._path(row), why).explain())
            for _ in reader.content(header):
                self._control.check()
            finish_row(self._control.progress, self._listing, self._lane, row, Outcome.FAILED)
            return
        yield row, self._content(reader, row, header)
        finish_row(self._control.progress, self._listing, self._lane, row, Outcome.DONE)

    def _content(self, reader: RunReader, row: int, header: Header) -> Iterator[bytes]:
        digest = xxhash.xxh3_128()
        try:
            for piece in self._pieces(reader, header):
                self._control.check()
                digest.update(piece)
                yield piece
                self._lane.advance(len(piece))
        except (FrameError, TarError) as error:
            raise EntryDamaged(self._path(row), str(error)) from error
        if header.attributes.kind != Kind.FILE:
            return
        if self._digests is None:
            if reader.is_doubtful():
                raise EntryDamaged(self._path(row), "the part of the archive it is in is damaged")
        elif digest.digest() != self._digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE]:
            raise EntryDamaged(self._path(row), "its content is not what was put in")

    def _pieces(self, reader: RunReader, header: Header) -> Iterator[bytes]:
        """The content, with zeros for holes."""
        if header.attributes.holes is None:
            yield from map(bytes, reader.content(header))
            return
        at = 0
        for start, piece in reader.stretches(header):
            yield from _zeros(start - at)
            yield bytes(piece)
            at = start + len(piece)
        yield from _zeros(header.attributes.size - at)

    def _path(self, row: int) -> str:
        return os.fsdecode(self._listing.path(row))


def _zeros(length: int) -> Iterator[bytes]:
    while length > 0:
        yield _ZEROS[:length]
        length -= len(_ZEROS)
