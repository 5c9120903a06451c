"""tar headers both ways (POSIX.1-2001 pax; GNU and v7 read). Bytes in, bytes out, no files."""

from typing import TYPE_CHECKING

from zpack.lazy import make_lazy

if TYPE_CHECKING:
    from zpack.tar.acl import AclError, acl_from_text, acl_to_text
    from zpack.tar.blocks import BLOCK, LEAST_BUFFER, BlockReader, padding
    from zpack.tar.decode import EntryReader, Header, is_header
    from zpack.tar.encode import END, MARKER, encode_entry
    from zpack.tar.numbers import TarError
    from zpack.tar.pax import read_extras, write_extras
    from zpack.tar.sparse import MAX_PACKED, PACKED_FROM, encode_map, packed_size

__all__ = [
    "BLOCK",
    "END",
    "LEAST_BUFFER",
    "MARKER",
    "MAX_PACKED",
    "PACKED_FROM",
    "AclError",
    "BlockReader",
    "EntryReader",
    "Header",
    "TarError",
    "acl_from_text",
    "acl_to_text",
    "encode_entry",
    "encode_map",
    "is_header",
    "packed_size",
    "padding",
    "read_extras",
    "write_extras",
]

make_lazy(
    __name__,
    {
        "acl": (
            "AclError",
            "acl_from_text",
            "acl_to_text",
        ),
        "blocks": (
            "BLOCK",
            "LEAST_BUFFER",
            "BlockReader",
            "padding",
        ),
        "decode": (
            "EntryReader",
            "Header",
            "is_header",
        ),
        "encode": (
            "END",
            "MARKER",
            "encode_entry",
        ),
        "numbers": ("TarError",),
        "pax": (
            "read_extras",
            "write_extras",
        ),
        "sparse": (
            "MAX_PACKED",
            "PACKED_FROM",
            "encode_map",
            "packed_size",
        ),
    },
)
