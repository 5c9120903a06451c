"""The zstd seekable format 0.1.0 (facebook/zstd, contrib/seekable_format)."""

import struct
from array import array

from zpack.records import record

_MAGIC = 0x184D2A5E
_END_MAGIC = 0x8F92EAB1
_HEAD = struct.Struct("<II")
_FOOTER = struct.Struct("<IBI")
SEEK_TABLE_FOOTER = _FOOTER.size
_PLAIN_ENTRY, _CHECKED_ENTRY = 8, 12
_HAS_CHECKSUMS = 0x80
_RESERVED = 0x7C  # bits 6-2; bits 1-0 are unused, a reader ignores them


class SeekTableError(ValueError):
    """The bytes are not a seek table."""


@record
class SeekTable:
    """Sizes of every frame before the table, u32 each; ``checksums`` are not kept."""

    csizes: "array[int]"
    dsizes: "array[int]"


def encode_seek_table(table: SeekTable) -> bytes:
    """The skippable frame that ends the file; descriptor 0 (frames carry their own checksums)."""
    pairs = array("I", bytes(_PLAIN_ENTRY * len(table.csizes)))
    pairs[0::2] = table.csizes
    pairs[1::2] = table.dsizes
    body = pairs.tobytes() + _FOOTER.pack(len(table.csizes), 0, _END_MAGIC)
    return _HEAD.pack(_MAGIC, len(body)) + body


def seek_table_length(footer: bytes) -> int:
    """The whole frame's length, told by the file's last nine bytes.

    Raises :class:`SeekTableError` if there is no seek table.
    """
    if len(footer) != SEEK_TABLE_FOOTER:
        raise SeekTableError("no seek table")
    count, descriptor, magic = _FOOTER.unpack(footer)
    if magic != _END_MAGIC or descriptor & _RESERVED:
        raise SeekTableError("no seek table")
    entry = _CHECKED_ENTRY if descriptor & _HAS_CHECKSUMS else _PLAIN_ENTRY
    return int(_HEAD.size + count * entry + SEEK_TABLE_FOOTER)


def decode_seek_table(data: bytes) -> SeekTable:
    """The table in ``data``, the whole frame. Raises :class:`SeekTableError`."""
    if len(data) < _HEAD.size + SEEK_TABLE_FOOTER:
        raise SeekTableError("the seek table is cut short")
    magic, length = _HEAD.unpack_from(data)
    if magic != _MAGIC or length != len(data) - _HEAD.size:
        raise SeekTableError("the seek table has another length than it says")
    if seek_table_length(data[-SEEK_TABLE_FOOTER:]) != len(data):
        raise SeekTableError("the seek table has another length than it says")
    checked = data[-5] & _HAS_CHECKSUMS
    words = array("I", data[_HEAD.size : -SEEK_TABLE_FOOTER])
    step = 3 if checked else 2
    return SeekTable(words[0::step], words[1::step])
