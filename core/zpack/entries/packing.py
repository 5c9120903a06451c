"""A listing to columns and back (docs/format.md, section 4)."""

from array import array

from zpack.entries.attributes import Owner
from zpack.entries.columns import Column, ColumnError
from zpack.entries.kinds import Kind
from zpack.entries.listing import Listing
from zpack.entries.rare import Ints, RareColumns

_PER_ROW = {
    "parent": "I",
    "name_end": "IQ",
    "kind": "B",
    "mode": "H",
    "size": "Q",
    "mtime": "q",
    "mtime_ns": "I",
    "owner": "HI",
    "frame": "I",
    "offset": "IQ",  # the wire also carries listings of archives by others
}
_KINDS = bytes(Kind)


def listing_to_columns(listing: Listing) -> list[Column]:
    """The columns, end offsets and owners as narrow as they fit."""
    columns = [Column("names", "B", listing.names), Column("links", "B", listing.links)]
    for name, types in _PER_ROW.items():
        columns.append(_narrow(name, types, getattr(listing, name)))
    columns.append(_narrow("link_row", "I", listing.link_row))
    columns.append(_narrow("link_end", "IQ", listing.link_end))
    columns.append(Column("owner_uid", "I", array("I", (o.uid for o in listing.owners))))
    columns.append(Column("owner_gid", "I", array("I", (o.gid for o in listing.owners))))
    names = b"".join(o.user + b"\0" + o.group + b"\0" for o in listing.owners)
    columns.append(Column("owner_names", "B", names))
    return columns + listing.rare.to_columns()


def _narrow(name: str, types: str, values: Ints) -> Column:
    limit = 1 << (8 * array(types[0]).itemsize)
    largest = max(values, default=0) if len(types) > 1 else 0
    code = types[0] if largest < limit else types[-1]
    same = memoryview(values).format == code
    return Column(name, code, values if same else array(code, values))


def listing_from_columns(rows: int, columns: "dict[str, memoryview[int]]") -> Listing:
    """The listing, used in place. Raises :class:`ColumnError` if a column is missing, has a wrong
    type or number of items, or a kind is unknown; the rest is looked at by ``check_listing``."""
    per_row = {name: _column(columns, name, types, rows) for name, types in _PER_ROW.items()}
    if bytes(per_row["kind"]).translate(None, _KINDS):
        raise ColumnError("the index has entries of a kind that is not known")
    link_row = _column(columns, "link_row", "I", None)
    return Listing(
        **per_row,
        names=_as_bytes(_column(columns, "names", "B", None)),
        owners=_owners(columns, rows),
        link_row=link_row,
        link_end=_column(columns, "link_end", "IQ", len(link_row)),
        links=_as_bytes(_column(columns, "links", "B", None)),
        rare=RareColumns.from_columns(columns),
    )


def _as_bytes(column: "memoryview[int]") -> bytes:
    whole = column.obj
    return whole if isinstance(whole, bytes) and len(whole) == len(column) else bytes(column)


def _column(
    columns: "dict[str, memoryview[int]]", name: str, types: str, items: int | None
) -> "memoryview[int]":
    column = columns.get(name)
    if column is None or column.format not in types or items not in (None, len(column)):
        raise ColumnError(f"the index has no usable column “{name}”")
    return column


def _owners(columns: "dict[str, memoryview[int]]", rows: int) -> tuple[Owner, ...]:
    uids = _column(columns, "owner_uid", "I", None)
    gids = _column(columns, "owner_gid", "I", len(uids))
    text = bytes(_column(columns, "owner_names", "B", None))
    # Counted first: each becomes an object.
    if not 1 <= len(uids) <= rows or text.count(b"\0") != 2 * len(uids) or text[-1:] != b"\0":
        raise ColumnError("the index has no usable table of owners")
    names = text.split(b"\0")
    return tuple(
        Owner(uid, gid, names[2 * number], names[2 * number + 1])
        for number, (uid, gid) in enumerate(zip(uids, gids, strict=True))
    )
