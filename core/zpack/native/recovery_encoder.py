"""Makes the recovery shares of what is protected, and the frames that hold them."""

from collections.abc import Callable, Iterator

from zpack.codecs.reed_solomon import Accumulator, Plan, encoding_plans
from zpack.filesystem import Spool
from zpack.native.recovery_geometry import Geometry, encode_head
from zpack.native.recovery_table import ShareTable
from zpack.records import replace

_AT_ONCE = 1 << 20  # bytes of shares that follow one another, of as many groups
_COPY = 1 << 20

Pread = Callable[[int, int], bytes]


class RecordEncoder:
    """One pass over the protected bytes, in constant memory: ``pread(length, offset)`` reads them,
    ``spool`` gets the shares, ``step`` is called with how much was read, and may raise.
    ``geometry`` has its name after :meth:`encode`. For one thread."""

    def __init__(
        self, geometry: Geometry, pread: Pread, spool: Spool, step: Callable[[int], None]
    ) -> None:
        self.geometry = geometry
        self._pread = pread
        self._spool = spool
        self._step = step
        self._table = ShareTable(geometry)

    def encode(self) -> None:
        """Make all recovery shares."""
        geometry = self.geometry
        plans = encoding_plans(geometry.group_data, geometry.recovery)
        at_once = max(1, _AT_ONCE // geometry.share_size)
        for first in range(0, geometry.groups, at_once):
            groups = range(first, min(first + at_once, geometry.groups))
            sums = [Accumulator(geometry.share_size, geometry.recovery) for _ in groups]
            for number, plan in enumerate(plans):
                self._add(number * geometry.groups + first, sums, plan)
            for group, each in zip(groups, sums, strict=True):
                self._keep(group, each.results())
        self.geometry = replace(geometry, name=self._table.name())

    def _add(self, first: int, sums: list[Accumulator], plan: Plan) -> None:
        """Data shares that follow one another, one of each group."""
        size, start = self.geometry.share_size, first * self.geometry.share_size
        length = min(len(sums) * size, self.geometry.protected - start)
        if length <= 0:
            return
        data = self._pread(length, start)
        if len(data) != length:
            raise EOFError("what is protected is shorter than it was")
        self._step(length)
        view = memoryview(data + bytes(-length % size))
        for number, each in enumerate(sums[: len(view) // size]):
            share = view[number * size : (number + 1) * size]
            self._table.note(first + number, share)
            each.add(share, plan)

    def _keep(self, group: int, shares: list[bytes]) -> None:
        geometry = self.geometry
        first = geometry.first_recovery(group)
        for number, share in enumerate(shares):
            place = first + number * geometry.groups
            self._table.note(geometry.data_shares + place, share)
            self._spool.write(share, place * geometry.share_size)

    def write(self, write: Callable[[bytes], None]) -> None:
        """Append the record, after :meth:`encode`."""
        for piece in self._frames():
            self._step(0)
            write(piece)

    def _frames(self) -> Iterator[bytes]:
        geometry, pages = self.geometry, self._table.pages()
        for part in range(geometry.parts):
            yield encode_head(geometry, part)
            yield pages
            at = geometry.first_in_part(part) * geometry.share_size
            end = geometry.first_in_part(part + 1) * geometry.share_size
            while at < end:
                piece = self._spool.read(min(_COPY, end - at), at)
                yield piece
                at += len(piece)
