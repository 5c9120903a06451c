"""Which rows an extraction takes."""

import os

from zpack.entries import ROOT, Kind, Listing, ListingError
from zpack.errors import EntryRefused, Explanation, MemberMissing, RequestRefused, ZpackError
from zpack.filesystem import unsafe_reason
from zpack.native.archive import Archive
from zpack.operations.extract_paths import OutputPaths
from zpack.operations.extract_patterns import matched_rows, unmatched

_WANTED, _PASSED = 1, 2
_SAFE, _UNSAFE = 1, 2
_FEW = 4


class Selection:
    """``rows`` has for each row of the listing 1 if it is wanted, 2 if it is only a folder on the
    way, else 0. ``superseded`` counts entries left out for a later one of the same path,
    ``stripped`` files and links of whose path nothing is left, and ``refused`` explains those that
    were asked for and are not safe. ``unmatched`` explains patterns of ``include`` that nothing
    came of. ``paths`` tells where rows go.

    Wanted is what is among the members (without any: everything) and matched by ``include`` (if
    there is any pattern) and not by ``exclude``. Raises :class:`RequestRefused` for members that
    the archive hasn't, and if nothing is included. With patterns or ``strip`` the listing must
    have been checked to its last row. ``names``: the archive's listing with other names.
    """

    def __init__(
        self,
        archive: Archive,
        members: tuple[str, ...],
        strip: int = 0,
        include: tuple[str, ...] = (),
        exclude: tuple[str, ...] = (),
        names: Listing | None = None,
    ) -> None:
        listing = archive.listing if names is None else names
        self._listing = listing
        self.paths = OutputPaths(listing, strip)
        self.rows = bytearray(len(listing))
        self.refused: list[Explanation] = []
        self.superseded = 0
        self.stripped = 0
        self.unmatched: list[Explanation] = []
        self._choose(members)
        self._match(include, exclude)
        self._drop_stripped()
        self._refuse_unsafe(archive)
        self._drop_superseded()
        self._mark_ways()

    def wanted(self, row: int) -> bool:
        """Whether the row itself is to be extracted."""
        return self.rows[row] == _WANTED

    def all_rows(self) -> list[int]:
        """The wanted rows, in tree order."""
        return _marked(self.rows, _WANTED)

    def of_kind(self, kind: Kind) -> list[int]:
        """The wanted rows of a kind, in tree order."""
        kinds = self._listing.kind
        return [row for row in self.all_rows() if kinds[row] == kind]

    def folders(self) -> list[int]:
        """All folders that must be there, parents first."""
        kinds = self._listing.kind
        rows = sorted(self.all_rows() + _marked(self.rows, _PASSED))
        return [row for row in rows if row and kinds[row] == Kind.DIRECTORY]

    def top_rows(self) -> list[int]:
        """What will lie directly in the destination."""
        return [row for row in self.paths.level if self.rows[row]]

    def _choose(self, members: tuple[str, ...]) -> None:
        faults: list[ZpackError] = []
        for member in members:
            row = self._listing.find(os.fsencode(member))
            if row in (None, ROOT):
                faults.append(MemberMissing(member))
                continue
            self._mark(row or ROOT)
        if faults:
            raise RequestRefused(faults)
        if not members:
            self._mark(ROOT)

    def _mark(self, row: int) -> None:
        for part in self._listing.subtree(row):
            self.rows[part.start : part.stop] = bytes([_WANTED]) * len(part)

    def _match(self, include: tuple[str, ...], exclude: tuple[str, ...]) -> None:
        rows = self.rows
        if include:
            missing = unmatched(self._listing, include, rows)
            marks = matched_rows(self._listing, include)
            rows[:] = bytes(a & b for a, b in zip(rows, marks, strict=True))
            if missing and not any(rows):
                raise RequestRefused(missing)
            self.unmatched = [each.explain() for each in missing]
        if exclude:
            marks = matched_rows(self._listing, exclude)
            rows[:] = bytes(a & ~b for a, b in zip(rows, marks, strict=True))

    def _drop_stripped(self) -> None:
        """Drop what has no path any more."""
        if not self.paths.strip:
            return
        listing, top = self._listing, self.paths.top
        self.stripped = sum(
            1 for row in range(top) if self.rows[row] and listing.kind[row] != Kind.DIRECTORY
        )
        self.rows[:top] = bytes(top)

    def _refuse_unsafe(self, archive: Archive) -> None:
        """Drop entries whose path, as it will be, is not safe, and with a folder all that is in
        it."""
        safety = _Safety(archive, self._listing, self.paths)
        for row in self.all_rows():
            if row < self.paths.top or not safety.unsafe(row):
                continue
            self.rows[row] = 0
            if self._listing.has_entry(row):
                path = os.fsdecode(self._listing.path(row))
                self.refused.append(EntryRefused(path, safety.why(row)).explain())

    def _drop_superseded(self) -> None:
        """Of entries with the same path the last one counts, as in tar."""
        for row in self.all_rows():
            if self._listing.superseded(row):
                self.rows[row] = 0
                self.superseded += 1

    @property
    def is_everything(self) -> bool:
        """Whether each entry of the archive is wanted."""
        return self.rows.count(_WANTED) == len(self.rows)

    def _mark_ways(self) -> None:
        parents, first = self._listing.parent, self.paths.level.stop
        for wanted in self.all_rows():
            row = wanted
            while row >= first and not self.rows[parents[row]]:
                row = parents[row]
                self.rows[row] = _PASSED


class _Safety:
    """What the gate says of rows, and of the folders that they are in. Each is asked once."""

    def __init__(self, archive: Archive, listing: Listing, paths: OutputPaths) -> None:
        self._archive = archive
        self._listing = listing
        self._paths = paths
        self._known = bytearray(len(listing))  # 1 safe, 2 not

    def unsafe(self, row: int) -> bool:
        """Whether it, or a folder above it, must not be extracted."""
        chain = []
        while row >= self._paths.top and not self._known[row]:
            chain.append(row)
            above = self._listing.parent[row]
            if above >= row:
                raise ListingError(f"row {row} lies in a loop")
            row = above
        bad = row >= self._paths.top and self._known[row] == _UNSAFE
        for each in reversed(chain):
            bad = bad or self._reason(each) is not None
            self._known[each] = _UNSAFE if bad else _SAFE
        return bad

    def _reason(self, row: int) -> str | None:
        name = self._listing.name(row)
        if self._archive.is_absolute(row) and not self._paths.strip:
            return unsafe_reason(b"/" + name)
        return unsafe_reason(name)

    def why(self, row: int) -> str:
        """Why not, for people."""
        return self._reason(row) or unsafe_reason(self._paths.path(row)) or "its folder is not safe"


def _marked(rows: bytearray, mark: int) -> list[int]:
    """Where the mark stands. Few among many are searched for, not looked through."""
    if _FEW * rows.count(mark) > len(rows):
        return [row for row, each in enumerate(rows) if each == mark]
    found, at = [], rows.find(mark)
    while at >= 0:
        found.append(at)
        at = rows.find(mark, at + 1)
    return found
