"""The header of an LZ4 frame (LZ4 frame format 1.6)."""

import struct

import xxhash

from zpack.codecs.coding import CodecError
from zpack.records import record

LZ4_MAGIC = 0x184D2204
LZ4_LEGACY_MAGIC = 0x184C2102
LONGEST_HEADER = 19
MAX_BLOCK = 4 << 20
_START = struct.Struct("<IBB")
_SIZE = struct.Struct("<Q")
_VERSION, _VERSION_BITS = 0x40, 0xC0
_INDEPENDENT, _BLOCK_CHECKSUMS, _HAS_SIZE = 0x20, 0x10, 0x08
_CONTENT_CHECKSUM, _RESERVED, _DICTIONARY = 0x04, 0x02, 0x01
_BLOCK_RESERVED = 0x8F
_LEAST_BLOCK_CODE = 4
_FOUR_MIB = 0x70


@record
class Lz4Header:
    """``length`` in bytes, magic included. ``linked``: blocks refer to the ones before them.
    ``most`` is the content of a block in bytes, at most; ``content`` the frame's, if it is told."""

    length: int
    linked: bool
    block_checksums: bool
    content_checksum: bool
    content: int | None
    dictionary: bool
    most: int


def encode_lz4_header(content: int | None) -> bytes:
    """The header of our profile (docs/format.md, section 11)."""
    flags = _VERSION | _INDEPENDENT | _CONTENT_CHECKSUM | (0 if content is None else _HAS_SIZE)
    head = _START.pack(LZ4_MAGIC, flags, _FOUR_MIB)
    if content is not None:
        head += _SIZE.pack(content)
    return head + bytes([_checksum(head)])


def decode_lz4_header(data: bytes) -> Lz4Header:
    """The header that ``data`` begins with. Raises :class:`CodecError`."""
    if len(data) < _START.size:
        raise CodecError("a frame is cut short")
    magic, flags, block = _START.unpack_from(data)
    strange = flags & _VERSION_BITS != _VERSION or flags & _RESERVED or block & _BLOCK_RESERVED
    if magic != LZ4_MAGIC or strange or block >> 4 < _LEAST_BLOCK_CODE:
        raise CodecError("a frame has a header that makes no sense")
    has_size, dictionary = bool(flags & _HAS_SIZE), bool(flags & _DICTIONARY)
    at = _START.size + (_SIZE.size if has_size else 0) + (4 if dictionary else 0)
    if len(data) <= at:
        raise CodecError("a frame is cut short")
    if data[at] != _checksum(data[:at]):
        raise CodecError("a frame's header is not as it was written")
    return Lz4Header(
        length=at + 1,
        linked=not flags & _INDEPENDENT,
        block_checksums=bool(flags & _BLOCK_CHECKSUMS),
        content_checksum=bool(flags & _CONTENT_CHECKSUM),
        content=_SIZE.unpack_from(data, _START.size)[0] if has_size else None,
        dictionary=dictionary,
        most=1 << (8 + 2 * (block >> 4)),
    )


def _checksum(head: bytes) -> int:
    return xxhash.xxh32_intdigest(head[4:]) >> 8 & 0xFF
