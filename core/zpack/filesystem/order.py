"""In what order entries follow in the archive (docs/format.md, section 1)."""

import zlib
from array import array
from collections.abc import Callable, Iterable, Sequence

from zpack.entries import NODES, Kind, ListingBuilder
from zpack.filesystem.scan import ScannedTree
from zpack.records import record

_COMMON = 3  # names that stand as often bring their files together


@record
class ArchiveOrder:
    """Rows in archive order. ``carriers`` tells for each hard link's row the row of the file that
    carries the data."""

    files: "array[int]"
    hard_links: "array[int]"
    symlinks: "array[int]"
    nodes: "array[int]"
    folders: "array[int]"
    carriers: dict[int, int]


def archive_order(tree: ScannedTree, *, by_type: bool) -> ArchiveOrder:
    """Files by type where ratio counts, else folder by folder; then hard links, symbolic links,
    devices and FIFOs, and folders, deepest first.

    By type means by extension; in each, first folder by folder what has a name of its own, then by
    name what shares it with at least two others (translations, manuals, packages' ``__init__.py``).

    Of a file with several names the first in archive order carries the data.
    """
    rows = tree.rows
    kinds = rows.kind
    files = [row for row, kind in enumerate(kinds) if kind == Kind.FILE]
    if by_type:
        files.sort(key=_type_key(rows, files))  # stable: then folder by folder
    carriers = _carriers(tree, files)
    folders = [row for row, kind in enumerate(kinds) if kind == Kind.DIRECTORY and row]
    folders.reverse()  # breadth first, backwards: what is below comes before
    return ArchiveOrder(
        files=array("I", (row for row in files if row not in carriers)),
        hard_links=array("I", sorted(carriers)),
        symlinks=array("I", (row for row, kind in enumerate(kinds) if kind == Kind.SYMLINK)),
        nodes=array("I", (row for row, kind in enumerate(kinds) if kind in NODES)),
        folders=array("I", folders),
        carriers=carriers,
    )


def _type_key(rows: ListingBuilder, files: Sequence[int]) -> Callable[[int], bytes]:
    is_common = _common_names((rows.name(row) for row in files), len(files))

    def key(row: int) -> bytes:
        name = rows.name(row)
        at = name.rfind(b".")
        kind = name[at + 1 :] if at > 0 else b""
        return kind + b"\0" + name if is_common(name) else kind + b"\0"

    return key


def _common_names(names: Iterable[bytes], count: int) -> Callable[[bytes], bool]:
    """Counted by checksum, in some ten bytes a name: names as objects would take more than all else
    that is known of an entry. Two names that are taken for one only move a file."""
    slots = bytearray(1 << (8 * count).bit_length())
    mask = len(slots) - 1
    for name in names:
        slot = zlib.crc32(name) & mask
        if slots[slot] < _COMMON:
            slots[slot] += 1
    return lambda name: slots[zlib.crc32(name) & mask] >= _COMMON


def _carriers(tree: ScannedTree, files: list[int]) -> dict[int, int]:
    groups = [group for group in tree.shared.values() if len(group) > 1]
    if not groups:
        return {}
    wanted = {row for group in groups for row in group}
    place = {row: at for at, row in enumerate(files) if row in wanted}
    carriers: dict[int, int] = {}
    for group in groups:
        first = min(group, key=place.__getitem__)
        carriers.update((row, first) for row in group if row != first)
    return carriers
