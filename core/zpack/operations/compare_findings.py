"""What a comparison has found so far: a few bits for each row, and a list of what is new."""

import os
from array import array
from collections.abc import Iterator

from zpack.entries import Kind, Listing
from zpack.errors import EntryDamaged, EntryNotCompared, Explanation
from zpack.jobs import Outcome
from zpack.operations.differences import Aspect, Difference, Standing

_MISSING, _UNKNOWN, _DAMAGED = 1, 2, 4
_ASPECTS = {aspect: 8 << number for number, aspect in enumerate(Aspect)}
_OF_FILE = _ASPECTS[Aspect.SIZE] | _ASPECTS[Aspect.CONTENT] | _UNKNOWN | _DAMAGED


class Findings:
    """Any thread may write, but only one for each row. Aspects in ``ignore`` are not taken in."""

    def __init__(self, listing: Listing, ignore: frozenset[Aspect]) -> None:
        self._listing = listing
        self._ignore = ignore
        self._bits = array("H", bytes(2 * len(listing)))
        self._new: list[tuple[bytes, Kind | None]] = []
        self.problems: list[Explanation] = []

    def ignores(self, aspect: Aspect) -> bool:
        """Whether it need not be looked at."""
        return aspect in self._ignore

    def differs(self, row: int, aspect: Aspect) -> None:
        """The row and what is on disk differ in this."""
        if aspect not in self._ignore:
            self._bits[row] |= _ASPECTS[aspect]

    def missing(self, row: int) -> None:
        """Nothing on disk has the row's name. Folders without an entry are not missed: what is in
        them is."""
        if self._listing.has_entry(row):
            self._bits[row] |= _MISSING

    def new(self, path: bytes, kind: Kind | None) -> None:
        """Something on disk that the archive does not have."""
        self._new.append((path, kind))

    def unknown(self, row: int, why: str = "") -> None:
        """The row could not be compared; without ``why`` that has been told of its folder."""
        self._bits[row] |= _UNKNOWN
        if why:
            self.problems.append(EntryNotCompared(self._path(row), why).explain())

    def damaged(self, row: int, what: str) -> None:
        """The archive's side of it cannot be read."""
        self._bits[row] |= _DAMAGED
        self.problems.append(EntryDamaged(self._path(row), what).explain())

    def same_file(self, row: int, other: int) -> None:
        """Both are one file on disk: what reading it showed holds for the row too."""
        self._bits[row] |= self._bits[other] & _OF_FILE

    def is_same(self, row: int) -> bool:
        """Whether nothing was found that differs, as far as it was looked at."""
        return not self._bits[row]

    def outcome(self, row: int) -> Outcome:
        """What front ends are told of the row."""
        bits = self._bits[row]
        if bits & _DAMAGED:
            return Outcome.DAMAGED
        if bits & _UNKNOWN:
            return Outcome.FAILED
        return Outcome.CHANGED if bits else Outcome.DONE

    def differences(self) -> tuple[Difference, ...]:
        """All of them, each folder before what is in it."""
        found = [*self._of_rows(), *(_new(path, kind) for path, kind in self._new)]
        found.sort(key=lambda one: os.fsencode(one.path).replace(b"/", b"\0"))
        return tuple(found)

    def _of_rows(self) -> Iterator[Difference]:
        parents, kinds = self._listing.parent, self._listing.kind
        gone = _MISSING | _ASPECTS[Aspect.KIND]
        for row, bits in enumerate(self._bits):
            if bits & _MISSING:
                if row == parents[row] or not self._bits[parents[row]] & gone:
                    yield Difference(self._path(row), Standing.MISSING, Kind(kinds[row]))
            elif aspects := tuple(aspect for aspect, bit in _ASPECTS.items() if bits & bit):
                kind = Kind(kinds[row])
                yield Difference(self._path(row), Standing.DIFFERENT, kind, aspects)

    def _path(self, row: int) -> str:
        return os.fsdecode(self._listing.path(row))


def _new(path: bytes, kind: Kind | None) -> Difference:
    return Difference(os.fsdecode(path), Standing.NEW, kind)
