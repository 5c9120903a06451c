"""A listing as columns and back."""

from array import array

import pytest
from hypothesis import given

from tests.core.entries.trees import any_entries, listing_of
from tests.fuzz.examples import examples
from zpack.entries import (
    ROOT,
    Attributes,
    ColumnError,
    Kind,
    Listing,
    ListingBuilder,
    Owner,
    check_listing,
    decode_columns,
    encode_columns,
    listing_from_columns,
    listing_to_columns,
)


def packed(listing: Listing) -> bytes:
    return encode_columns(len(listing), listing_to_columns(listing), bytes)


def unpacked(data: bytes) -> Listing:
    return listing_from_columns(*decode_columns(data, lambda stored, _: stored))


def everything(listing: Listing) -> list:
    return [
        (
            listing.path(row),
            listing.attributes(row),
            listing.link(row),
            listing.frame[row],
            listing.offset[row],
            listing.parent[row],
        )
        for row in range(len(listing))
    ]


@examples(150)
@given(any_entries())
def test_round_trip(entries):
    listing = listing_of(entries)
    again = unpacked(packed(listing))
    assert everything(again) == everything(listing)
    assert again.owners == listing.owners
    check_listing(again)
    assert packed(again) == packed(listing)


def one_file(attributes: Attributes, offset: int = 0) -> Listing:
    rows = ListingBuilder()
    rows.place(rows.append(ROOT, b"file", attributes), 0, offset)
    return rows.build()


def test_values_at_the_edges():
    owner = Owner(0xFFFFFFFF, 0xFFFFFFFF, b"\xff", b"")
    edge = Attributes(Kind.FILE, 0o7777, (1 << 64) - 1, -(1 << 63), 999_999_999, owner)
    listing = one_file(edge, 0xFFFFFFFF)
    assert everything(unpacked(packed(listing))) == everything(listing)


def test_an_entry_far_into_a_frame_by_others():
    # One frame of a tar by others may hold more than 4 GiB.
    listing = one_file(Attributes(Kind.FILE), 5 << 30)
    assert everything(unpacked(packed(listing))) == everything(listing)


def test_many_owners_get_wider_numbers():
    rows = ListingBuilder()
    for number in range(0x10001):
        rows.append(ROOT, b"%05d" % number, Attributes(Kind.FILE, owner=Owner(number, 0, b"", b"")))
    listing = rows.build()
    columns = {column.name: column for column in listing_to_columns(listing)}
    assert columns["owner"].type == "I"
    assert unpacked(packed(listing)).attributes(0x10001).owner.uid == 0x10000


@pytest.mark.parametrize("missing", ["parent", "name_end", "names", "link_end", "owner_uid"])
def test_a_missing_column(missing):
    columns = [c for c in listing_to_columns(one_file(Attributes(Kind.FILE))) if c.name != missing]
    with pytest.raises(ColumnError):
        unpacked(encode_columns(2, columns, bytes))


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("parent", array("Q", [0, 0])),
        ("parent", array("I", [0])),
        ("parent", array("I", [0, 0, 0])),
        ("name_end", array("H", [0, 4])),
        ("kind", array("H", [3, 0])),
        ("mtime", array("Q", [0, 0])),
        ("link_end", array("I", [1])),
        ("owner_uid", array("I", [])),
        ("owner_uid", array("I", [0, 0])),
        ("owner_names", array("B", b"")),
        ("owner_names", array("B", b"\0\0\0")),
        ("owner_names", array("B", b"\0x")),
        ("owner_names", array("B", b"\0\0x")),
    ],
)
def test_a_column_of_another_shape(name, column):
    _, columns = decode_columns(
        packed(one_file(Attributes(Kind.FILE))), lambda stored, _: bytes(stored)
    )
    columns[name] = memoryview(column)
    with pytest.raises(ColumnError):
        listing_from_columns(2, columns)


def test_columns_of_later_versions_are_passed_over():
    _, columns = decode_columns(
        packed(one_file(Attributes(Kind.FILE))), lambda stored, _: bytes(stored)
    )
    columns["later_end"] = memoryview(array("Q", [1, 2, 3]))
    assert listing_from_columns(2, columns).path(1) == b"file"
