"""Which rows an extraction takes."""

import os

from zpack.entries import ROOT, Kind, Listing
from zpack.errors import EntryRefused, Explanation, MemberMissing, RequestRefused, ZpackError
from zpack.filesystem import unsafe_reason
from zpack.native.archive import Archive
from zpack.operations.extract_paths import OutputPaths
from zpack.operations.extract_patterns import matched_rows, unmatched

_WANTED, _PASSED = 1, 2


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
        return [row for row, mark in enumerate(self.rows) if mark == _WANTED]

    def of_kind(self, kind: Kind) -> list[int]:
        """The wanted rows of a kind, in tree order."""
        kinds = self._listing.kind
        return [row for row, mark in enumerate(self.rows) if mark == _WANTED and kinds[row] == kind]

    def folders(self) -> list[int]:
        """All folders that must be there, parents first."""
        kinds = self._listing.kind
        return [
            row
            for row, mark in enumerate(self.rows)
            if mark and row and kinds[row] == Kind.DIRECTORY
        ]

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
        listing = self._listing
        unsafe = bytearray(len(listing))
        for row in range(self.paths.top, len(listing)):
            why = unsafe_reason(listing.name(row))
            if archive.is_absolute(row) and not self.paths.strip:
                why = unsafe_reason(b"/" + listing.name(row))
            if unsafe[listing.parent[row]] or why:
                unsafe[row] = 1
                if self.rows[row] and listing.has_entry(row):
                    path = os.fsdecode(listing.path(row))
                    why = why or unsafe_reason(self.paths.path(row)) or "its folder is not safe"
                    self.refused.append(EntryRefused(path, why).explain())
                self.rows[row] = 0

    def _drop_superseded(self) -> None:
        """Of entries with the same path the last one counts, as in tar."""
        for row in range(1, len(self.rows)):
            if self.rows[row] and self._listing.superseded(row):
                self.rows[row] = 0
                self.superseded += 1

    @property
    def is_everything(self) -> bool:
        """Whether each entry of the archive is wanted."""
        return self.rows.count(_WANTED) == len(self.rows)

    def _mark_ways(self) -> None:
        parents, level = self._listing.parent, self.paths.level
        for row in range(len(self.rows) - 1, level.stop - 1, -1):
            if self.rows[row] and not self.rows[parents[row]]:
                self.rows[parents[row]] = _PASSED
