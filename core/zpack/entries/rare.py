"""What few rows have: extended attributes and ACLs, device numbers, holes. Columns for those only
(docs/format.md, section 4)."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import TypeAlias

from zpack.entries.attributes import Attributes, Device
from zpack.entries.columns import Column, ColumnError
from zpack.entries.holes import Holes
from zpack.entries.kinds import Kind
from zpack.records import mutable_record

Ints: TypeAlias = "memoryview[int] | array[int]"
Columns: TypeAlias = "dict[str, memoryview[int]]"

_NONE = memoryview(b"").cast("I")
_EXTRAS = ("extra_row", "extra_end", "extras")
_DEVICES = ("device_row", "device_major", "device_minor")
_HOLES = ("hole_row", "hole_end", "hole_form", "hole_start", "hole_size")
_TYPES = {"extra_end": "IQ", "extras": "B", "hole_end": "IQ", "hole_form": "B"}
_TYPES |= {"hole_start": "Q", "hole_size": "Q"}
_BLOBS = ("extras", "hole_start", "hole_size")
_MOST_DEVICES = (1 << 21) - 1
_NODES = (Kind.CHARACTER_DEVICE, Kind.BLOCK_DEVICE)
_LINKS = (Kind.HARD_LINK, Kind.SYMLINK)


@mutable_record
class RareColumns:
    """The columns of all rows that have something rare. Read-only, usable from any thread."""

    extra_row: Ints = _NONE
    extra_end: Ints = _NONE
    extras: "bytes | memoryview[int]" = b""
    device_row: Ints = _NONE
    device_major: Ints = _NONE
    device_minor: Ints = _NONE
    hole_row: Ints = _NONE
    hole_end: Ints = _NONE
    hole_form: Ints = _NONE
    hole_start: Ints = _NONE
    hole_size: Ints = _NONE

    def __bool__(self) -> bool:
        """Whether any row has any."""
        return bool(len(self.extra_row) or len(self.device_row) or len(self.hole_row))

    def extras_of(self, row: int) -> bytes:
        """Pax records of a row; empty for most. Raises ``IndexError`` for columns that lie."""
        at = _find(self.extra_row, row)
        if at is None:
            return b""
        return bytes(self.extras[self.extra_end[at - 1] if at else 0 : self.extra_end[at]])

    def device_of(self, row: int) -> Device | None:
        """Numbers of a device node; None for all else."""
        at = _find(self.device_row, row)
        return None if at is None else Device(self.device_major[at], self.device_minor[at])

    def holes_of(self, row: int) -> Holes | None:
        """Holes of a sparse file; None for all else. They may not fit the file."""
        at = _find(self.hole_row, row)
        if at is None:
            return None
        part = slice(self.hole_end[at - 1] if at else 0, self.hole_end[at])
        starts, sizes = array("Q", self.hole_start[part]), array("Q", self.hole_size[part])
        return Holes(starts, sizes, bool(self.hole_form[at]))

    def add_to(self, attributes: Attributes, row: int) -> None:
        """Fill in what a row has."""
        attributes.extras = self.extras_of(row)
        attributes.device = self.device_of(row)
        attributes.holes = self.holes_of(row)

    def fault(self, kinds: Ints, sizes: Ints) -> str | None:
        """What is wrong with the columns, looked at whole, or None."""
        for rows in (self.extra_row, self.device_row, self.hole_row):
            if not _ascends(rows) or (len(rows) and rows[-1] >= len(kinds)):
                return "rows with something rare are out of order"
        for ends, blob in ((self.extra_end, self.extras), (self.hole_end, self.hole_start)):
            if list(ends) != sorted(ends) or (ends[-1] if len(ends) else 0) != len(blob):
                return "what is rare does not end where it should"
        nodes = sum(bytes(kinds).count(kind) for kind in _NODES)
        if nodes != len(self.device_row) or any(
            kinds[row] not in _NODES for row in self.device_row
        ):
            return "the device numbers do not belong to the devices"
        if max([*self.device_major, *self.device_minor], default=0) > _MOST_DEVICES:
            return "a device number is out of range"
        if any(kinds[row] in _LINKS for row in self.extra_row):
            return "a link has extended attributes"
        return self._fault_in_holes(kinds, sizes)

    def _fault_in_holes(self, kinds: Ints, sizes: Ints) -> str | None:
        if max(self.hole_form, default=0) > 1:
            return "holes are of a form that is not known"
        for row in self.hole_row:
            holes = self.holes_of(row)
            if kinds[row] != Kind.FILE or holes is None or not holes.fit(sizes[row]):
                return "holes do not fit their file"
        return None

    def to_columns(self) -> list[Column]:
        """The groups that some row needs."""
        groups = [group for group in (_EXTRAS, _DEVICES, _HOLES) if len(getattr(self, group[0]))]
        return [_column(name, getattr(self, name)) for group in groups for name in group]

    @classmethod
    def from_columns(cls, columns: Columns) -> "RareColumns":
        """Used in place. Raises :class:`ColumnError` for a group that is not whole."""
        rare = cls()
        for group in (_EXTRAS, _DEVICES, _HOLES):
            if any(name in columns for name in group):
                rare._take(columns, group)
        return rare

    def _take(self, columns: Columns, group: tuple[str, ...]) -> None:
        rows = len(columns.get(group[0], b""))
        for name in group:
            column = columns.get(name)
            if column is None or column.format not in _TYPES.get(name, "I"):
                raise ColumnError(f"the index has no usable column “{name}”")
            if name not in _BLOBS and len(column) != rows:
                raise ColumnError(f"the index has no usable column “{name}”")
            setattr(self, name, column)
        if len(self.hole_start) != len(self.hole_size):
            raise ColumnError("the index has no usable column “hole_size”")


def build_rare(
    extras: dict[int, bytes], devices: dict[int, Device], holes: dict[int, Holes]
) -> RareColumns:
    """Columns of what was collected by row."""
    rare = RareColumns()
    if extras:
        rare.extra_row = array("I", sorted(extras))
        rare.extras = b"".join(extras[row] for row in rare.extra_row)
        rare.extra_end = _ends(len(extras[row]) for row in rare.extra_row)
    if devices:
        rare.device_row = array("I", sorted(devices))
        rare.device_major = array("I", (devices[row].major for row in rare.device_row))
        rare.device_minor = array("I", (devices[row].minor for row in rare.device_row))
    if holes:
        rare.hole_row = rows = array("I", sorted(holes))
        rare.hole_end = _ends(len(holes[row].starts) for row in rows)
        rare.hole_form = array("B", (holes[row].packed for row in rows))
        rare.hole_start = array("Q", (start for row in rows for start in holes[row].starts))
        rare.hole_size = array("Q", (size for row in rows for size in holes[row].sizes))
    return rare


def _ends(lengths: Iterable[int]) -> "array[int]":
    return array("Q", accumulate(lengths))


def _column(name: str, values: "Ints | bytes") -> Column:
    types = _TYPES.get(name, "I")
    if types == "IQ":
        types = "Q" if max(values, default=0) >> 32 else "I"
    same = memoryview(values).format == types
    return Column(name, types, values if same else array(types, values))


def _find(rows: Ints, row: int) -> int | None:
    at = bisect_left(rows, row)
    return at if at < len(rows) and rows[at] == row else None


def _ascends(values: Ints) -> bool:
    return all(before < after for before, after in pairwise(values))
