"""In what order entries follow in the archive (docs/format.md, section 1)."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from zlib import crc32

from zpack.entries import NODES, ROOT, Kind, ListingBuilder
from zpack.filesystem.scan import ScannedTree
from zpack.records import record

_COMMON = 3  # names that stand as often bring their files together
_IS_COMMON = bytes(count >= _COMMON for count in range(256))


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
    files = list(_rows_of(rows, Kind.FILE))
    if by_type:
        files.sort(key=_type_key(rows, files))  # stable: then folder by folder
    carriers = _carriers(tree, files)
    folders = array("I", _rows_of(rows, Kind.DIRECTORY))[:ROOT:-1]  # what is below comes before
    return ArchiveOrder(
        files=array("I", (row for row in files if row not in carriers)),
        hard_links=array("I", sorted(carriers)),
        symlinks=array("I", _rows_of(rows, Kind.SYMLINK)),
        nodes=array("I", _rows_of(rows, *NODES)),
        folders=folders,
        carriers=carriers,
    )


def _rows_of(rows: ListingBuilder, *kinds: Kind) -> Iterable[int]:
    is_one = bytes(kind in kinds for kind in range(256))
    return compress(range(len(rows)), rows.kind.translate(is_one))


def _type_key(rows: ListingBuilder, files: Sequence[int]) -> Callable[[int], bytes]:
    names, ends = bytes(rows.names), rows.name_end
    common, mask = _common_names((names[ends[row - 1] : ends[row]] for row in files), len(files))

    def key(row: int) -> bytes:
        name = names[ends[row - 1] : ends[row]]
        at = name.rfind(b".")
        kind = name[at + 1 :] if at > 0 else b""
        return kind + b"\0" + name if common[crc32(name) & mask] else kind + b"\0"

    return key


def _common_names(names: Iterable[bytes], count: int) -> tuple[bytes, int]:
    """For each slot whether a name of it is common, and the mask that makes slots of checksums.

    Counted in some ten bytes a name: names as objects would take more than all else that is known
    of an entry. Two names that are taken for one only move a file."""
    slots = bytearray(1 << (8 * count).bit_length())
    mask = len(slots) - 1
    for name in names:
        slot = crc32(name) & mask
        if slots[slot] < _COMMON:
            slots[slot] += 1
    return bytes(slots.translate(_IS_COMMON)), mask


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
