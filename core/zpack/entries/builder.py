"""Builds a listing row by row, in tree order."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, islice, repeat
from typing import NamedTuple, TypeVar

from zpack.entries.attributes import Attributes, Device, Owner
from zpack.entries.holes import Holes
from zpack.entries.kinds import Kind
from zpack.entries.listing import NO_FRAME, Listing
from zpack.entries.rare import build_rare


class PlainColumns(NamedTuple):
    """Attributes of consecutive rows, none of which has what few rows have. ``owners`` are their
    numbers in the table."""

    kinds: bytes
    modes: Iterable[int]
    sizes: Iterable[int]
    mtimes: Iterable[int]
    mtimes_ns: Iterable[int]
    owners: Iterable[int]


class ListingBuilder:
    """Growing columns. Starts with the root row; append rows in tree order, parents first.

    The columns are public: values may be changed in place.
    """

    def __init__(self) -> None:
        self.parent = array("I")
        self.name_end = array("Q")
        self.names = bytearray()
        self.kind = bytearray()
        self.mode = array("H")
        self.size = array("Q")
        self.mtime = array("q")
        self.mtime_ns = array("I")
        self.owner = array("I")
        self.frame = array("I")
        self.offset = array("Q")  # a frame by others may be over 4 GiB
        self.links: dict[int, bytes] = {}
        self.extras: dict[int, bytes] = {}
        self.devices: dict[int, Device] = {}
        self.holes: dict[int, Holes] = {}
        self.owners: list[Owner] = []
        self._owner_numbers: dict[Owner, int] = {}
        self.append(0, b"", Attributes(Kind.DIRECTORY))

    def __len__(self) -> int:
        return len(self.parent)

    def owner_number(self, owner: Owner) -> int:
        """The number of an owner in the table, added if new."""
        number = self._owner_numbers.get(owner)
        if number is None:
            number = self._owner_numbers[owner] = len(self.owners)
            self.owners.append(owner)
        return number

    def append(self, parent: int, name: bytes, attributes: Attributes) -> int:
        """Add a row without a place in the archive; returns its number."""
        row = len(self.parent)
        self.parent.append(parent)
        self.names += name
        self.name_end.append(len(self.names))
        self.kind.append(attributes.kind)
        self.mode.append(attributes.mode)
        self.size.append(attributes.size)
        self.mtime.append(attributes.mtime)
        self.mtime_ns.append(attributes.mtime_ns)
        self.owner.append(self.owner_number(attributes.owner))
        self.frame.append(NO_FRAME)
        self.offset.append(0)
        if _has_rare(attributes):
            self._set_rare(row, attributes)
        return row

    def append_all(self, parent: int, names: Sequence[bytes], columns: PlainColumns) -> None:
        """Add what is in one folder, as :meth:`append` would each, without a place."""
        ends = accumulate(map(len, names), initial=len(self.names))
        self.name_end.extend(islice(ends, 1, None))
        self.names += b"".join(names)
        self.kind += columns.kinds
        self.mode.extend(columns.modes)
        self.size.extend(columns.sizes)
        self.mtime.extend(columns.mtimes)
        self.mtime_ns.extend(columns.mtimes_ns)
        self.owner.extend(columns.owners)
        self._extend_rest(parent, len(names))

    def _extend_rest(self, parent: int, count: int) -> None:
        self.parent.extend(repeat(parent, count))
        self.frame.extend(repeat(NO_FRAME, count))
        self.offset.extend(repeat(0, count))

    def copy_rows(self, listing: Listing, rows: range, parent: int) -> int:
        """Add consecutive rows of a listing, all with one new parent and without a place; returns
        the first one's number. A column at a time, which is several times as quick as a row."""
        first, part = len(self.parent), slice(rows.start, rows.stop)
        start = listing.name_end[rows.start - 1]
        shift = len(self.names) - start
        self.names += listing.names[start : listing.name_end[rows.stop - 1]]
        self.name_end.extend(end + shift for end in listing.name_end[part])
        self.kind += bytes(listing.kind[part])
        for column in ("mode", "size", "mtime", "mtime_ns"):
            getattr(self, column).extend(getattr(listing, column)[part])
        owners = {
            number: self.owner_number(listing.owners[number]) for number in set(listing.owner[part])
        }
        self.owner.extend(map(owners.__getitem__, listing.owner[part]))
        self._extend_rest(parent, len(rows))
        linked = slice(*(bisect_left(listing.link_row, row) for row in (rows.start, rows.stop)))
        for row in listing.link_row[linked]:
            self.links[first + row - rows.start] = listing.link(row) or b""
        if listing.rare:
            for row in rows:
                self._set_rare(first + row - rows.start, listing.attributes(row))
        return first

    def _set_rare(self, row: int, attributes: Attributes) -> None:
        """Few rows have any of these, so they are kept by row."""
        _set(self.extras, row, attributes.extras or None)
        _set(self.devices, row, attributes.device)
        _set(self.holes, row, attributes.holes)

    def attributes(self, row: int) -> Attributes:
        """What is known of a row."""
        return Attributes(
            self.kind[row],
            self.mode[row],
            self.size[row],
            self.mtime[row],
            self.mtime_ns[row],
            self.owners[self.owner[row]],
            self.extras.get(row, b""),
            self.devices.get(row),
            self.holes.get(row),
        )

    def set_attributes(self, row: int, attributes: Attributes) -> None:
        """Change what is known of a row."""
        self.kind[row] = attributes.kind
        self.mode[row] = attributes.mode
        self.size[row] = attributes.size
        self.mtime[row] = attributes.mtime
        self.mtime_ns[row] = attributes.mtime_ns
        if self.owners[self.owner[row]] is not attributes.owner:
            self.owner[row] = self.owner_number(attributes.owner)
        if self.extras or self.devices or self.holes or _has_rare(attributes):
            self._set_rare(row, attributes)

    def name(self, row: int) -> bytes:
        """The row's own name."""
        return bytes(self.names[self.name_end[row - 1] if row else 0 : self.name_end[row]])

    def place(self, row: int, frame: int, offset: int) -> None:
        """Where the row's entry begins."""
        self.frame[row] = frame
        self.offset[row] = offset

    def path(self, row: int) -> bytes:
        """The row's path, components joined by ``/``."""
        parts = []
        while row:
            parts.append(self.name(row))
            row = self.parent[row]
        parts.reverse()
        return b"/".join(parts)

    def without(self, dropped: set[int]) -> "tuple[ListingBuilder, array[int]]":
        """A copy without some rows, and for each of its rows the number it had here.

        A folder is dropped only with all that is in it.
        """
        copy, kept, moved = ListingBuilder(), array("I", [0]), {0: 0}
        for row in range(1, len(self)):
            if row in dropped:
                continue
            parent = moved[self.parent[row]]
            new = copy.append(parent, self.name(row), self.attributes(row))
            copy.place(new, self.frame[row], self.offset[row])
            if row in self.links:
                copy.links[new] = self.links[row]
            if self.kind[row] == Kind.DIRECTORY:
                moved[row] = new
            kept.append(row)
        return copy, kept

    def rearrange(self, order: "array[int]", parent: "array[int]") -> None:
        """Keep the rows ``order``, the root first, with these parents. A column at a time, so that
        little is there twice."""
        self.parent = parent
        self.names, self.name_end = self._rearranged_names(order)
        self.kind = bytearray(map(self.kind.__getitem__, order))
        for name in ("mode", "size", "mtime", "mtime_ns", "frame", "offset"):
            column = getattr(self, name)
            setattr(self, name, array(column.typecode, map(column.__getitem__, order)))
        numbers: dict[int, int] = {}  # of owners, in the order that they come in now
        owners = (numbers.setdefault(self.owner[row], len(numbers)) for row in order)
        self.owner = array("I", owners)
        self.owners = [self.owners[number] for number in numbers]
        self._owner_numbers = {owner: number for number, owner in enumerate(self.owners)}
        self.links, self.extras = _moved(self.links, order), _moved(self.extras, order)
        self.devices, self.holes = _moved(self.devices, order), _moved(self.holes, order)

    def _rearranged_names(self, order: "array[int]") -> "tuple[bytearray, array[int]]":
        names, ends = bytearray(), array("Q")
        for row in order:
            names += self.names[self.name_end[row - 1] if row else 0 : self.name_end[row]]
            ends.append(len(names))
        return names, ends

    def build(self) -> Listing:
        """The listing. It shares the columns: rows cannot be added any more, but still changed."""
        rows = sorted(self.links)
        blob, ends = bytearray(), array("Q")
        for row in rows:
            blob += self.links[row]
            ends.append(len(blob))
        return Listing(
            parent=memoryview(self.parent),
            name_end=memoryview(self.name_end),
            names=bytes(self.names),
            kind=memoryview(self.kind),
            mode=memoryview(self.mode),
            size=memoryview(self.size),
            mtime=memoryview(self.mtime),
            mtime_ns=memoryview(self.mtime_ns),
            owner=memoryview(self.owner),
            owners=tuple(self.owners),
            frame=memoryview(self.frame),
            offset=memoryview(self.offset),
            link_row=memoryview(array("I", rows)),
            link_end=memoryview(ends),
            links=bytes(blob),
            rare=build_rare(self.extras, self.devices, self.holes),
        )


def _has_rare(attributes: Attributes) -> bool:
    some = attributes.device is not None or attributes.holes is not None
    return some or bool(attributes.extras)


_T = TypeVar("_T")


def _moved(values: dict[int, _T], order: "array[int]") -> dict[int, _T]:
    """What few rows have, by their new numbers."""
    if not values:
        return values
    return {new: values[old] for new, old in enumerate(order) if old in values}


def _set(values: dict[int, _T], row: int, value: _T | None) -> None:
    if value is not None:
        values[row] = value
    else:
        values.pop(row, None)
