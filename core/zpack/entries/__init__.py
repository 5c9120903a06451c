"""What an archive contains: the columnar listing of its entries. Bytes in memory, no files."""

from typing import TYPE_CHECKING

from zpack.lazy import make_lazy

if TYPE_CHECKING:
    from zpack.entries.attributes import NOBODY, Attributes, Device, Owner
    from zpack.entries.builder import ListingBuilder, PlainColumns
    from zpack.entries.check import check_listing
    from zpack.entries.columns import (
        Column,
        ColumnError,
        column_names,
        decode_columns,
        encode_columns,
    )
    from zpack.entries.edited_tree import Clash, EditedTree, build_edited_tree
    from zpack.entries.holes import Holes
    from zpack.entries.kinds import KIND_WORDS, NODES, Kind
    from zpack.entries.listing import NO_FRAME, ROOT, Listing, ListingError
    from zpack.entries.packing import listing_from_columns, listing_to_columns
    from zpack.entries.paths import Paths
    from zpack.entries.rare import Ints, RareColumns
    from zpack.entries.recode import EncodingUnknown, NameDecoder, RecodedListing, recoded
    from zpack.entries.tree import TreeBuilder
    from zpack.entries.tree_edit import NO_ROW, TreeEdit
    from zpack.entries.walk import Stretch

__all__ = [
    "KIND_WORDS",
    "NOBODY",
    "NODES",
    "NO_FRAME",
    "NO_ROW",
    "ROOT",
    "Attributes",
    "Clash",
    "Column",
    "ColumnError",
    "Device",
    "EditedTree",
    "EncodingUnknown",
    "Holes",
    "Ints",
    "Kind",
    "Listing",
    "ListingBuilder",
    "ListingError",
    "NameDecoder",
    "Owner",
    "Paths",
    "PlainColumns",
    "RareColumns",
    "RecodedListing",
    "Stretch",
    "TreeBuilder",
    "TreeEdit",
    "build_edited_tree",
    "check_listing",
    "column_names",
    "decode_columns",
    "encode_columns",
    "listing_from_columns",
    "listing_to_columns",
    "recoded",
]

make_lazy(
    __name__,
    {
        "attributes": (
            "Attributes",
            "Device",
            "NOBODY",
            "Owner",
        ),
        "builder": ("ListingBuilder", "PlainColumns"),
        "check": ("check_listing",),
        "columns": (
            "Column",
            "ColumnError",
            "column_names",
            "decode_columns",
            "encode_columns",
        ),
        "edited_tree": (
            "Clash",
            "EditedTree",
            "build_edited_tree",
        ),
        "holes": ("Holes",),
        "kinds": (
            "KIND_WORDS",
            "Kind",
            "NODES",
        ),
        "listing": (
            "Listing",
            "ListingError",
            "NO_FRAME",
            "ROOT",
        ),
        "packing": (
            "listing_from_columns",
            "listing_to_columns",
        ),
        "paths": ("Paths",),
        "rare": (
            "Ints",
            "RareColumns",
        ),
        "recode": (
            "EncodingUnknown",
            "NameDecoder",
            "RecodedListing",
            "recoded",
        ),
        "tree": ("TreeBuilder",),
        "tree_edit": (
            "NO_ROW",
            "TreeEdit",
        ),
        "walk": ("Stretch",),
    },
)
