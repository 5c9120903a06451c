"""Where each share of a recovery record is, worked out from docs/format.md, section 6, and not by
the engine."""

import struct
from dataclasses import dataclass
from pathlib import Path

from benchmarks.damage_lab.anatomy import Anatomy, Part

_HEAD = 80
_PAGE_SHARES = 512
_PAGE_HEAD = 8
_ENTRY = 12


@dataclass(frozen=True, slots=True)
class RecordMap:
    """``data`` and ``recovery`` shares in the order of their numbers; share *n* of either sort, in
    that order, is of group *n* mod ``groups``. ``tables``: of each part, the pages it has."""

    protected: int
    share_size: int
    groups: int
    data: tuple[Part, ...]
    recovery: tuple[Part, ...]
    heads: tuple[Part, ...]
    tables: tuple[tuple[Part, ...], ...]

    @property
    def in_each_group(self) -> int:
        """Recovery shares of a group, r."""
        return len(self.recovery) // self.groups

    @property
    def burst(self) -> int:
        """The longest stretch of damage that is undone wherever it is."""
        return (len(self.recovery) - 1) * self.share_size + 1


def read_record(path: Path, anatomy: Anatomy) -> RecordMap | None:
    """Of an archive that is whole; None if it has no record."""
    section = anatomy.recovery
    if section.start == section.end:
        return None
    with path.open("rb") as file:
        file.seek(section.start)
        head = file.read(_HEAD)
    (parts,) = struct.unpack_from("<H", head, 22)
    protected, _, share_size, groups, in_group = struct.unpack_from("<QQIIH", head, 24)
    assert protected == section.start
    count = -(-protected // share_size)
    data = tuple(
        Part(number * share_size, min(protected, (number + 1) * share_size))
        for number in range(count)
    )
    return _lay_out(section, share_size, groups, data, in_group * groups, parts)


def _lay_out(
    section: Part, size: int, groups: int, data: tuple[Part, ...], recovery: int, parts: int
) -> RecordMap:
    at, heads, tables, shares = section.start, [], [], []
    for part in range(parts):
        heads.append(Part(at, at + _HEAD))
        table = _pages(at + _HEAD, len(data) + recovery)
        tables.append(table)
        at = table[-1].end
        first, last = (min(recovery, recovery * each // (parts - 1)) for each in (part, part + 1))
        shares += [Part(at + size * each, at + size * (each + 1)) for each in range(last - first)]
        at += size * (last - first)
    assert at == section.end, "docs/format.md and the archive differ"
    return RecordMap(section.start, size, groups, data, tuple(shares), tuple(heads), tuple(tables))


def _pages(at: int, shares: int) -> tuple[Part, ...]:
    pages = []
    for first in range(0, shares, _PAGE_SHARES):
        length = _PAGE_HEAD + _ENTRY * min(_PAGE_SHARES, shares - first)
        pages.append(Part(at, at + length))
        at += length
    return tuple(pages)
