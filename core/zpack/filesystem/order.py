"""In what order entries follow in the archive (docs/format.md, section 1)."""

from array import array
from dataclasses import dataclass

from zpack.entries import Kind
from zpack.filesystem.scan import ScannedTree


@dataclass(frozen=True, slots=True)
class ArchiveOrder:
    """Rows in archive order. ``carriers`` tells for each hard link's row the row of the file that
    carries the data."""

    files: "array[int]"
    hard_links: "array[int]"
    symlinks: "array[int]"
    folders: "array[int]"
    carriers: dict[int, int]


def archive_order(tree: ScannedTree, *, by_type: bool) -> ArchiveOrder:
    """Files by (extension, name, path) where ratio counts, else folder by folder; then hard links,
    symbolic links, and folders, deepest first.

    Of a file with several names the first in archive order carries the data.
    """
    rows = tree.rows
    kinds = rows.kind
    files = [row for row, kind in enumerate(kinds) if kind == Kind.FILE]
    if by_type:
        files.sort(key=lambda row: _type_key(rows.name(row)))  # stable: then by path
    carriers = _carriers(tree, files)
    folders = [row for row, kind in enumerate(kinds) if kind == Kind.DIRECTORY and row]
    folders.reverse()  # breadth first, backwards: what is below comes before
    return ArchiveOrder(
        files=array("I", (row for row in files if row not in carriers)),
        hard_links=array("I", sorted(carriers)),
        symlinks=array("I", (row for row, kind in enumerate(kinds) if kind == Kind.SYMLINK)),
        folders=array("I", folders),
        carriers=carriers,
    )


def _type_key(name: bytes) -> bytes:
    at = name.rfind(b".")
    return (name[at + 1 :] if at > 0 else b"") + b"\0" + name


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
