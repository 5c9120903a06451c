"""A listing of any size, held as columns and never split into objects.

Rows are in tree order (docs/format.md, section 4): breadth first, a folder's children one
contiguous range sorted by name. So ``parent`` is sorted, and everything below a folder is one
contiguous range for each depth.
"""

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from zpack.entries.attributes import Attributes, Owner
from zpack.entries.kinds import Kind
from zpack.entries.rare import Ints, RareColumns
from zpack.entries.walk import Stretch, walk_stretches
from zpack.records import field, mutable_record

ROOT = 0
NO_FRAME = 0xFFFFFFFF
_MAX_DEPTH = 4096
_MAX_PATH = 1 << 20


class ListingError(ValueError):
    """The columns contradict each other: they come from a damaged or hostile index."""


@mutable_record
class Listing:
    """The columns, one value a row; row 0 is the root. Read-only, usable from any thread.

    ``size`` is in bytes, ``mtime`` in seconds since 1970 (rounded down) with ``mtime_ns`` on top.
    ``frame`` and ``offset`` tell where an entry begins; ``NO_FRAME`` marks a folder without an
    entry of its own. ``rare`` has what few rows have. Accessors raise :class:`ListingError` or
    ``IndexError`` where hostile columns lead nowhere, after bounded work; :meth:`check` looks at
    every row.
    """

    parent: Ints
    name_end: Ints
    names: bytes
    kind: Ints
    mode: Ints
    size: Ints
    mtime: Ints
    mtime_ns: Ints
    owner: Ints
    owners: tuple[Owner, ...]
    frame: Ints
    offset: Ints
    link_row: Ints
    link_end: Ints
    links: bytes
    rare: RareColumns = field(default_factory=RareColumns)

    def __len__(self) -> int:
        return len(self.parent)

    def name(self, row: int) -> bytes:
        """The last component of the row's path; empty for the root."""
        return self.names[self.name_end[row - 1] if row else 0 : self.name_end[row]]

    def path(self, row: int) -> bytes:
        """The row's path, components joined by ``/``; empty for the root."""
        parts: list[bytes] = []
        length = 0
        while row:
            parts.append(self.name(row))
            length += len(parts[-1])
            above = self.parent[row]
            if above >= row or len(parts) > _MAX_DEPTH or length > _MAX_PATH:
                raise ListingError(f"row {row} lies in a loop or too deep")
            row = above
        parts.reverse()
        return b"/".join(parts)

    def children(self, row: int) -> range:
        """The rows directly in a folder."""
        rows = self._below(range(row, row + 1))
        # Bisecting believes that `parent` is sorted. Looked at here, no row can be in two folders.
        parents = memoryview(self.parent)[rows.start : rows.stop]
        if parents.tobytes() != row.to_bytes(4, sys.byteorder) * len(rows):
            raise ListingError(f"the rows in row {row} are out of order")
        return rows

    def _below(self, rows: range) -> range:
        low = bisect_left(self.parent, rows.start, 1)
        below = range(low, bisect_right(self.parent, rows.stop - 1, low))
        if below and below.start < rows.stop:
            raise ListingError(f"row {below.start} stands before its folder")
        return below

    def subtree(self, row: int) -> list[range]:
        """The row and everything below it: one range for each depth, the row's own first."""
        ranges = [range(row, row + 1)]
        while True:
            below = self._below(ranges[-1])
            if not below or len(ranges) > _MAX_DEPTH:
                return ranges
            ranges.append(below)

    def total_size(self, row: int) -> int:
        """Bytes of all files in and below the row."""
        return sum(sum(self.size[part.start : part.stop]) for part in self.subtree(row))

    def count_below(self, row: int) -> int:
        """How many rows there are below a folder."""
        return sum(map(len, self.subtree(row))) - 1

    def find(self, path: bytes) -> int | None:
        """The row of a path (of duplicates the last, which counts), or None."""
        found = self.find_all(path)
        return found[-1] if found else None

    def find_all(self, path: bytes) -> list[int]:
        """The rows of a path, of which the last counts: several only if there are duplicates."""
        row = ROOT
        *folders, last = [part for part in path.split(b"/") if part not in (b"", b".")] or [b""]
        for part in folders:
            below = [each for each in self._named(row, part) if self.kind[each] == Kind.DIRECTORY]
            if not below:
                return []
            row = below[-1]
        return self._named(row, last) if last else [ROOT]

    def _named(self, row: int, name: bytes) -> list[int]:
        """The rows of that name in a folder: several only if there are duplicates."""
        rows = self.children(row)
        low = bisect_left(rows, name, key=self.name)
        found = rows[low : bisect_right(rows, name, low, key=self.name)]
        # Bisecting believes that names are sorted; each found is looked at.
        return [each for each in found if self.name(each) == name]

    def hard_link_target(self, row: int) -> int | None:
        """The row of the file (or symbolic link, device, FIFO) that a hard link is another name of.

        As in tar that is the last entry of that path *before* the link: a later one of the same
        path is another file. None if there is none.
        """
        while self.kind[row] == Kind.HARD_LINK:
            before = [
                (self.frame[each], self.offset[each], each)
                for each in self.find_all(self.link(row) or b"")
                if (self.frame[each], self.offset[each]) < (self.frame[row], self.offset[row])
            ]
            if not before:
                return None
            row = max(before)[-1]
        return None if self.kind[row] == Kind.DIRECTORY else row

    def superseded(self, row: int) -> bool:
        """Whether a later entry has the same path (the later one counts, as in tar)."""
        after = row + 1
        return (
            row > 0
            and after < len(self)
            and self.parent[after] == self.parent[row]
            and self.name(after) == self.name(row)
        )

    def all_superseded(self) -> Iterator[int]:
        """All rows that are superseded: found in one pass."""
        before, start = b"", self.name_end[0]
        for row, end in enumerate(self.name_end[1:], 1):
            name = self.names[start:end]
            if name == before and self.parent[row] == self.parent[row - 1]:
                yield row - 1
            before, start = name, end

    def link(self, row: int) -> bytes | None:
        """Target of a hard or symbolic link, as the archive has it; None for other rows."""
        at = bisect_left(self.link_row, row)
        if at == len(self.link_row) or self.link_row[at] != row:
            return None
        return self.links[self.link_end[at - 1] if at else 0 : self.link_end[at]]

    def attributes(self, row: int) -> Attributes:
        """What the listing says of a row besides its name."""
        attributes = Attributes(
            self.kind[row],
            self.mode[row],
            self.size[row],
            self.mtime[row],
            self.mtime_ns[row],
            self.owners[self.owner[row]],
        )
        if self.rare:
            self.rare.add_to(attributes, row)
        return attributes

    def mtime_total_ns(self, row: int) -> int:
        """Modification time in ns since 1970."""
        return self.mtime[row] * 1_000_000_000 + self.mtime_ns[row]

    def has_entry(self, row: int) -> bool:
        """Whether the archive has an entry for the row, or it is a folder only implied."""
        return self.frame[row] != NO_FRAME

    def walk(self, row: int = ROOT) -> Iterator[tuple[int, bytes]]:
        """Rows below a folder with their paths, each folder followed by its contents."""
        for rows, prefix, names, _ in self.stretches(row):
            for child, name in zip(rows, names, strict=True):
                yield child, prefix + name

    def stretches(self, row: int = ROOT) -> Iterator[Stretch]:
        """As :meth:`walk`, many siblings at a time."""
        return walk_stretches(self, row, _MAX_DEPTH)

    def tar_order(self) -> "array[int]":
        """The rows that have an entry, as they follow in the archive."""
        # Into a part for each frame first: only a frame's rows are ever objects, not all.
        counts = Counter(self.frame)
        del counts[NO_FRAME]
        frames = sorted(counts)
        ends = list(accumulate(counts[frame] for frame in frames))
        places = dict(zip(frames, [0, *ends], strict=False))
        order = array("I", bytes(4 * (ends[-1] if ends else 0)))
        for row, frame in enumerate(self.frame):
            if frame != NO_FRAME:
                order[places[frame]] = row
                places[frame] += 1
        for start, end in zip([0, *ends], ends, strict=False):
            order[start:end] = array("I", sorted(order[start:end], key=self.offset.__getitem__))
        return order
