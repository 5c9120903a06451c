"""Frames as zpack makes them, for experiments with the coder alone."""

import os
from collections.abc import Iterator
from pathlib import Path

from zpack.filesystem import ScannedTree, archive_order, scan_sources
from zpack.tar import MARKER, encode_entry, padding


def frames_of(folder: Path, capacity: int, *, by_type: bool) -> Iterator[bytes]:
    """The frames of the files in ``folder``: whole entries, at most ``capacity`` bytes; a larger
    entry in frames of its own."""
    tree = scan_sources((str(folder),), lambda: None, lambda _rows, _size: None)
    frame = bytearray(MARKER)
    for row in archive_order(tree, by_type=by_type).files:
        entry = _entry(tree, row)
        if frame and len(frame) + len(entry) > capacity:
            yield bytes(frame)
            frame.clear()
        if len(entry) > capacity:
            yield from (entry[at : at + capacity] for at in range(0, len(entry), capacity))
        else:
            frame += entry
    if frame:
        yield bytes(frame)


def _entry(tree: ScannedTree, row: int) -> bytes:
    content = Path(os.fsdecode(tree.source_path(row))).read_bytes()
    head = encode_entry(tree.rows.path(row), tree.rows.attributes(row))
    return head + content + bytes(padding(len(content)))
