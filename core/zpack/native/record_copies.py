"""The record that damaged copies of an archive have in common."""

from collections.abc import Callable, Sequence
from itertools import islice

from zpack.errors import ReadFailed
from zpack.filesystem import SourceFile
from zpack.native.recovery_geometry import HEAD_SIZE, Geometry
from zpack.native.recovery_search import FoundHead, find_heads
from zpack.native.recovery_table import ShareTable
from zpack.records import field, mutable_record, record

_MOST_SHIFTS = 8
_SECTOR = 4096
_MOST_TABLES = 64  # looked at for pages: no record by zpack has more, below a terabyte
_MOST_LOST, _SPARE = 8, 1 << 16  # no record covers it if less than an eighth is left


class PatientReader:
    """Reads of a disk with bad spots: what cannot be read is zeros. Past the end there is
    nothing."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source

    def pread(self, length: int, offset: int) -> bytes:
        """Up to ``length`` bytes at ``offset``; fewer only at the end of the file."""
        length = min(length, self._source.size - offset)
        if offset < 0 or length <= 0:
            return b""
        try:
            return self._source.pread(length, offset)
        except ReadFailed:
            if length <= _SECTOR:
                return bytes(length)
        half = -(-length // (2 * _SECTOR)) * _SECTOR
        return self.pread(half, offset) + self.pread(length - half, offset + half)


@mutable_record
class Copy:
    """One damaged file. ``shifts``: by how much parts of it may lie behind their places, the
    likeliest first."""

    source: SourceFile
    pread: Callable[[int, int], bytes]
    shifts: list[int] = field(default_factory=lambda: [0])

    @property
    def size(self) -> int:
        """Of the file, in bytes."""
        return self.source.size

    def learn(self, shift: int) -> None:
        """Something was found that lies so much behind its place."""
        if shift not in self.shifts and len(self.shifts) < _MOST_SHIFTS:
            self.shifts.append(shift)


@record
class Record:
    """A record of which at least one head was found. ``copies`` are those files that have it, or
    may: whose own record could not be found."""

    geometry: Geometry
    table: ShareTable
    copies: tuple[Copy, ...]


def open_copies(sources: Sequence[SourceFile]) -> list[Copy]:
    """Ready to be read wherever that is possible."""
    return [Copy(source, PatientReader(source).pread) for source in sources]


def find_record(copies: Sequence[Copy], check: Callable[[], None]) -> Record | None:
    """The record of the first copy in which one is found; None if there is none, or one that
    tells of far more than is there. Reads a file to its beginning if it has none."""
    geometry: Geometry | None = None
    found: list[tuple[Copy, list[FoundHead]]] = []
    for copy in copies:
        heads = _heads_of_last(copy, geometry, check)
        if heads:
            geometry = geometry or heads[0].geometry
        found.append((copy, heads))
    if geometry is None or geometry.end > _MOST_LOST * max(copy.size for copy in copies) + _SPARE:
        return None
    table = ShareTable(geometry)
    for copy, heads in found:
        for head in heads:
            copy.learn(head.shift)
        _take_pages(copy, heads, geometry, table)
    return Record(geometry, table, tuple(copies))


def _heads_of_last(
    copy: Copy, wanted: Geometry | None, check: Callable[[], None]
) -> list[FoundHead]:
    """All heads of the record nearest to the end: before them, in what is protected, others may
    stand that are an inner archive's. Each tells of a shift; parts of the file may be there twice,
    so the first that are found need not be those in their places."""
    heads: list[FoundHead] = []
    parts: set[int] = set()
    for head in find_heads(copy.pread, 0, copy.size, check):
        if heads and head.geometry != heads[0].geometry:
            continue
        if wanted is not None and head.geometry != wanted:
            break
        heads.append(head)
        parts.add(head.part)
        if len(parts) == head.geometry.parts:
            break
    return heads


def _take_pages(copy: Copy, heads: list[FoundHead], geometry: Geometry, table: ShareTable) -> None:
    """Pages from behind each head, and from where each head should be."""
    places = [head.at for head in heads]
    for shift in copy.shifts:
        places += [geometry.part_at(part) + shift for part in range(geometry.parts)]
    for at in islice(dict.fromkeys(places), _MOST_TABLES):
        missing = table.missing_pages()
        if not missing:
            return
        for number in missing:
            start = at + HEAD_SIZE + geometry.page_at(number)
            table.take_page(number, copy.pread(geometry.page_size(number), start))
