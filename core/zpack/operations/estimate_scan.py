"""Scans sources for a bounded time, and tells what the rest will probably be."""

import os
import random
from array import array
from collections.abc import Callable

from zpack.entries import Kind, ListingBuilder
from zpack.filesystem import Patience, ScannedTree, SourceRules, by_name
from zpack.jobs import Control
from zpack.records import record

_MOST_AT_ONCE = 20_000  # of one folder: the stop is looked at in between
_BREADTH_FIRST = 0.6  # of the time; then anywhere, so that deep folders are known too
_KINDS = (Kind.FILE, Kind.DIRECTORY, Kind.SYMLINK)

Clock = Callable[[], float]


@record
class Census:
    """``tree`` is what was scanned; the counts are for all there is: estimates unless ``counted``.
    ``size`` is the content of files in bytes, ``scan_seconds`` what scanning all of it takes."""

    tree: ScannedTree
    counted: bool
    files: int
    folders: int
    links: int
    size: int
    scan_seconds: float

    @property
    def rows(self) -> int:
        """Entries of any kind."""
        return self.files + self.folders + self.links


def take_census(
    sources: tuple[str, ...], rules: SourceRules, control: Control, clock: Clock, seconds: float
) -> Census:
    """Scan for at most about ``seconds``."""
    scan = _Scan(sources, rules, control, clock, seconds)
    scan.run()
    return scan.census()


class _Scan:
    """Folders are looked into breadth first, and from some time on in random order: those that
    were seen at a depth then stand for the others at that depth."""

    def __init__(
        self,
        sources: tuple[str, ...],
        rules: SourceRules,
        control: Control,
        clock: Clock,
        seconds: float,
    ) -> None:
        self._control = control
        self._clock = clock
        self._start = clock()
        self._seconds = seconds
        self._tree = ScannedTree(rules, Patience(control.check, seconds=0.0))
        self._seen = bytearray()  # of folders: 1 if they were looked into
        self._beyond: dict[int, int] = {}  # of folders: names that were not looked at
        for path in by_name(sources):
            self._tree.add_source(path)

    def run(self) -> None:
        """Look into folders until there are no more, or no time."""
        rows, progress, row = self._tree.rows, self._control.progress, 1
        while row < len(rows) and self._has_time(_BREADTH_FIRST):
            if rows.kind[row] == Kind.DIRECTORY:
                self._look_into(row)
                progress.items_total = len(rows)
            row += 1
        kinds = rows.kind
        left = [each for each in range(row, len(rows)) if kinds[each] == Kind.DIRECTORY]
        chance = random.Random(len(rows))  # the same each time
        while left and self._has_time(1):
            pick = chance.randrange(len(left))
            left[pick], left[-1] = left[-1], left[pick]
            before = len(rows)
            self._look_into(left.pop())
            left += [each for each in range(before, len(rows)) if kinds[each] == Kind.DIRECTORY]
            progress.items_total = len(rows)

    def _has_time(self, share: float) -> bool:
        return self._clock() - self._start < share * self._seconds

    def _look_into(self, row: int) -> None:
        self._control.check()
        whole = self._tree.add_folder(row, _MOST_AT_ONCE)
        self._seen.extend(bytes(max(0, row + 1 - len(self._seen))))
        self._seen[row] = 1
        if not whole:
            self._beyond[row] = max(0, self._count_names(row) - _MOST_AT_ONCE)

    def _count_names(self, row: int) -> int:
        count = 0
        try:
            with os.scandir(self._tree.source_path(row)) as found:
                for count, _ in enumerate(found, 1):
                    if not count % 4096 and not self._has_time(1):
                        break
        except OSError:
            pass  # told by the scan
        return count

    def _saw_all(self) -> bool:
        kinds = self._tree.rows.kind
        return all(
            seen or kind != Kind.DIRECTORY
            for kind, seen in zip(kinds[1:], self._seen[1:], strict=True)
        )

    def census(self) -> Census:
        """What was found, and for the folders that were not looked into what is expected."""
        rows = self._tree.rows
        self._seen.extend(bytes(len(rows) - len(self._seen)))
        seconds = self._clock() - self._start
        known = [rows.kind.count(kind) for kind in _KINDS]
        known[1] -= 1  # the root
        more = _Expectation(rows, self._seen, self._beyond).beyond()
        counts = [have + round(extra) for have, extra in zip(known, more, strict=False)]
        share = sum(counts) / max(1, sum(known))
        return Census(
            tree=self._tree,
            counted=self._saw_all() and not self._beyond,
            files=counts[0],
            folders=counts[1],
            links=counts[2],
            size=sum(rows.size) + round(more[3]),
            scan_seconds=seconds * share,
        )


class _Expectation:
    """Knuth's estimate of a tree: what folders of a depth hold on average, deepest first."""

    def __init__(self, rows: ListingBuilder, seen: bytearray, beyond: dict[int, int]) -> None:
        self._rows = rows
        self._seen = seen
        self._beyond = beyond
        self._depth = array("H", bytes(2 * len(rows)))
        for row in range(1, len(rows)):
            self._depth[row] = min(0xFFFF, self._depth[rows.parent[row]] + 1)

    def beyond(self) -> list[float]:
        """Files, folders, links and bytes that were not seen."""
        rows, kinds, deepest = self._rows, self._rows.kind, max(self._depth, default=0)
        held = [[0.0] * 4 for _ in range(deepest + 2)]
        seen, unseen = [0] * (deepest + 2), [0] * (deepest + 2)
        for row in range(1, len(rows)):
            depth = self._depth[row]
            # A folder that is larger than any that is looked at whole stands for no other.
            if kinds[row] in _KINDS and rows.parent[row] not in self._beyond:
                held[depth - 1][_KINDS.index(kinds[row])] += 1
                held[depth - 1][3] += rows.size[row]
            if kinds[row] == Kind.DIRECTORY and row not in self._beyond:
                (seen if self._seen[row] else unseen)[depth] += 1
        more = self._cut()
        whole = [0.0] * 4
        for depth in range(deepest, 0, -1):
            whole = self._whole(held, seen, depth, whole)
            for item in range(4):
                more[item] += unseen[depth] * whole[item]
        return more

    def _weight(self, folder: int) -> float:
        """For how many names one of a folder stands, of which only some were looked at."""
        return 1 + self._beyond.get(folder, 0) / _MOST_AT_ONCE

    def _cut(self) -> list[float]:
        """What is in folders with more names than were looked at."""
        more = [0.0] * 4
        if not self._beyond:
            return more
        rows = self._rows
        for row in range(1, len(rows)):
            extra = self._weight(rows.parent[row]) - 1
            if extra and rows.kind[row] in _KINDS:
                more[_KINDS.index(rows.kind[row])] += extra
                more[3] += extra * rows.size[row]
        return more

    def _whole(
        self, held: list[list[float]], seen: list[int], depth: int, below: list[float]
    ) -> list[float]:
        """All that is expected in a folder of this depth; ``below``: in one of the next."""
        if seen[depth]:
            own = [item / seen[depth] for item in held[depth]]
        else:
            own = [sum(level[item] for level in held) / max(1, sum(seen)) for item in range(4)]
            own[1] = 0.0  # else there would be no end
        return [mine + own[1] * theirs for mine, theirs in zip(own, below, strict=True)]
