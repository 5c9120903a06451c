"""Finds the shares of a record in damaged copies, also where bytes were inserted or removed.

Most shares are where they were written. Those that are not lie behind or before their places by a
shift that is known from a recovery frame that was found, or from another share; what is left is
looked for by its first four bytes, in the gap between what was found before and after it. The bytes
that are read for that are counted, and end it.
"""

from array import array
from collections.abc import Callable, Iterator
from itertools import islice

from zpack.native.byte_search import occurrences
from zpack.native.record_copies import Copy, Record

_NOWHERE = -1
_TRIES = 24  # shares of a gap that are looked for
_FALSE_FINDS = 16  # of each of them
_EFFORT = 32  # times the size of the file

Gap = tuple[int, int]


class FoundShares:
    """Where each share of a record is: in which copy, and where in it. For one thread."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._copy = bytearray(record.geometry.shares)
        self._at = array("q", [_NOWHERE]) * record.geometry.shares

    def has(self, share: int) -> bool:
        """Whether it was found."""
        return self._at[share] != _NOWHERE

    def at(self, share: int) -> int:
        """Where in its copy a share is that was found."""
        return self._at[share]

    def copy_of(self, share: int) -> Copy:
        """The copy that a share was found in."""
        return self._record.copies[self._copy[share]]

    def put(self, share: int, copy: int, at: int) -> None:
        """It was found."""
        self._copy[share], self._at[share] = copy, at

    def all_in(self, copy: Copy) -> bool:
        """Whether all shares were found in this copy."""
        return len(set(self._copy)) == 1 and self.copy_of(0) is copy

    def missing(self, first: int, last: int) -> list[int]:
        """Shares of a range that were not found."""
        return [share for share in range(first, last) if self._at[share] == _NOWHERE]

    def neighbours(self, lost: list[int]) -> dict[int, tuple[Copy, int]]:
        """Of each of these shares, in order, the copy in which the one before it was found, and how
        far behind its place: there something may be left of it, too."""
        beside: dict[int, tuple[Copy, int]] = {}
        found, looked_to = -1, -1
        for share in lost:
            between = range(share - 1, looked_to, -1)
            found, looked_to = next(filter(self.has, between), found), share
            beside[share] = self._place(found) if found >= 0 else (self._record.copies[0], 0)
        return beside

    def _place(self, share: int) -> tuple[Copy, int]:
        return self.copy_of(share), self.at(share) - self._record.geometry.share_at(share)

    def read(self, share: int) -> bytes:
        """A share that was found, filled up with zeros."""
        geometry = self._record.geometry
        copy = self._record.copies[self._copy[share]]
        data = copy.pread(geometry.share_length(share), self._at[share])
        return data + bytes(geometry.share_size - len(data))

    def read_part(self, share: int, start: int, length: int) -> bytes:
        """A part of a share that was found."""
        copy = self._record.copies[self._copy[share]]
        return copy.pread(length, self._at[share] + start)


def find_shares(record: Record, check: Callable[[], None]) -> FoundShares:
    """Look for all shares in all copies. ``check`` is called now and then, and may raise."""
    found = FoundShares(record)
    for number, copy in enumerate(record.copies):
        if found.missing(0, record.geometry.shares):
            _Finder(record, copy, number, found, check).run()
    return found


class _Finder:
    """One copy, for the shares that no copy before it has."""

    def __init__(
        self,
        record: Record,
        copy: Copy,
        number: int,
        found: FoundShares,
        check: Callable[[], None],
    ) -> None:
        self._geometry = record.geometry
        self._table = record.table
        self._copy = copy
        self._number = number
        self._found = found
        self._check = check
        self._here = array("q", [_NOWHERE]) * record.geometry.shares  # in this copy
        self._effort = _EFFORT * copy.size + (64 << 20)

    def run(self) -> None:
        """Places first, then gaps."""
        self._at_known_shifts(0, self._geometry.shares)
        gaps = list(self._gaps(0, self._geometry.shares))
        while gaps and self._effort > 0:
            gaps.extend(self._search(*gaps.pop()))

    def _at_known_shifts(self, first: int, last: int) -> None:
        shift = self._copy.shifts[0]
        for share in range(first, last):
            self._check()
            if self._here[share] != _NOWHERE:
                continue
            for each in dict.fromkeys((shift, *self._copy.shifts)):
                if self._try(share, self._geometry.share_at(share) + each):
                    shift = each
                    break

    def _try(self, share: int, at: int) -> bool:
        length = self._geometry.share_length(share)
        if at < 0 or at + length > self._copy.size:
            return False
        self._effort -= length
        content = self._copy.pread(length, at)
        if not self._table.fits(share, content):
            return False
        self._here[share] = at
        if not self._found.has(share):
            self._found.put(share, self._number, at)
        return True

    def _gaps(self, first: int, last: int) -> Iterator[Gap]:
        """Stretches of shares that were not found here, and no other copy has either."""
        start = None
        for share in range(first, last + 1):
            lost = share < last and self._here[share] == _NOWHERE
            if lost and start is None:
                start = share
            elif not lost and start is not None:
                if self._found.missing(start, share):
                    yield start, share
                start = None

    def _search(self, first: int, last: int) -> list[Gap]:
        """Look for some shares of a gap in the bytes between its neighbours. If one is found,
        those around it are where it says; what is left after that are smaller gaps."""
        self._effort -= 8 * (last - first)  # what looking over the gap costs
        begin = self._end_of(first - 1) if first else 0
        end = self._here[last] if last < len(self._here) else self._copy.size
        for share in _spread(first, last):
            if self._effort <= 0 or end - begin < self._geometry.share_length(share):
                return []
            if self._table.known[share] and self._look_for(share, begin, end):
                self._copy.learn(self._here[share] - self._geometry.share_at(share))
                self._follow(share, first, last)
                return list(self._gaps(first, last))
        return []

    def _end_of(self, share: int) -> int:
        return self._here[share] + self._geometry.share_length(share)

    def _look_for(self, share: int, begin: int, end: int) -> bool:
        places = occurrences(self._copy.pread, self._table.start(share), begin, end, self._spend)
        return any(self._try(share, at) for at in islice(places, _FALSE_FINDS))

    def _spend(self, count: int) -> bool:
        if self._effort <= 0:
            return False
        self._check()
        self._effort -= count
        return True

    def _follow(self, share: int, first: int, last: int) -> None:
        """Shares around one that was found, as far as they lie beside it."""
        shift = self._here[share] - self._geometry.share_at(share)
        for way in (range(share + 1, last), range(share - 1, first - 1, -1)):
            for each in way:
                self._check()
                if not self._try(each, self._geometry.share_at(each) + shift):
                    break


def _spread(first: int, last: int) -> Iterator[int]:
    """Some numbers of a range: the middle, then the middles of its halves, and so on."""
    seen = 0
    ranges = [(first, last)]
    while ranges and seen < _TRIES:
        begin, end = ranges.pop(0)
        if begin < end:
            middle = (begin + end) // 2
            yield middle
            seen += 1
            ranges += [(begin, middle), (middle + 1, end)]
