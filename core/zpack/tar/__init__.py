"""tar headers both ways (POSIX.1-2001 pax; GNU and v7 read). Bytes in, bytes out, no files."""

from zpack.tar.blocks import BLOCK, BlockReader, padding
from zpack.tar.decode import EntryReader, Header
from zpack.tar.encode import END, MARKER, encode_entry
from zpack.tar.numbers import TarError

__all__ = [
    "BLOCK",
    "END",
    "MARKER",
    "BlockReader",
    "EntryReader",
    "Header",
    "TarError",
    "encode_entry",
    "padding",
]
