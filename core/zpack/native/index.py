"""The index and the digests (docs/format.md, sections 4 and 5)."""

import struct

import zstandard

from zpack.codecs import FrameTable, compress, decompress
from zpack.entries import (
    Column,
    ColumnError,
    Listing,
    decode_columns,
    encode_columns,
    listing_from_columns,
    listing_to_columns,
)
from zpack.native.layout import LayoutError

DIGEST_SIZE = 16
_ROWS = struct.Struct("<Q")


def encode_index(listing: Listing, frames: FrameTable) -> bytes:
    """The index section's body."""
    return encode_columns(len(listing), index_columns(listing, frames), compress)


def index_columns(listing: Listing, frames: FrameTable) -> list[Column]:
    """All columns of an index."""
    columns = listing_to_columns(listing)
    columns.append(Column("frame_offset", "Q", frames.offset))
    columns.append(Column("frame_csize", "I", frames.csize))
    columns.append(Column("frame_dsize", "I", frames.dsize))
    assert frames.xxh3 is not None
    columns.append(Column("frame_xxh3", "Q", frames.xxh3))
    return columns


def decode_index(body: "bytes | memoryview[int]") -> tuple[Listing, FrameTable]:
    """Raises :class:`LayoutError`."""
    try:
        rows, columns = decode_columns(body, decompress)
        listing = listing_from_columns(rows, columns)
        if b"/" in listing.names or b"\0" in listing.names:
            raise ColumnError("a name has a slash or a NUL")
    except (ColumnError, zstandard.ZstdError) as error:
        raise LayoutError(f"the index cannot be read: {error}") from error
    offset = _frame_column(columns, "frame_offset", "Q")
    csize = _frame_column(columns, "frame_csize", "I", len(offset))
    dsize = _frame_column(columns, "frame_dsize", "I", len(offset))
    xxh3 = _frame_column(columns, "frame_xxh3", "Q", len(offset))
    return listing, FrameTable(offset, csize, dsize, xxh3)


def _frame_column(
    columns: "dict[str, memoryview[int]]", name: str, kind: str, items: int | None = None
) -> "memoryview[int]":
    column = columns.get(name)
    if column is None or column.format != kind or items not in (None, len(column)):
        raise LayoutError("the index has no usable table of frames")
    return column


def encode_digests(rows: int, digests: "bytes | bytearray") -> bytes:
    """The digests section's body; 16 bytes a row."""
    return _ROWS.pack(rows) + compress(memoryview(digests))


def decode_digests(body: "memoryview[int]", rows: int) -> bytes:
    """16 bytes for each of ``rows``. Raises :class:`LayoutError`."""
    if len(body) < _ROWS.size or _ROWS.unpack_from(body)[0] != rows:
        raise LayoutError("the digests do not belong to this index")
    try:
        return decompress(body[_ROWS.size :], rows * DIGEST_SIZE)
    except zstandard.ZstdError as error:
        raise LayoutError(f"the digests cannot be read: {error}") from error
