"""Extended attributes, device numbers and holes: kept by few rows, in columns of their own."""

from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from zpack.codecs import compress, decompress
from zpack.entries import (
    Attributes,
    Column,
    ColumnError,
    Device,
    Holes,
    Kind,
    Listing,
    ListingBuilder,
    ListingError,
    check_listing,
    decode_columns,
    encode_columns,
    listing_from_columns,
    listing_to_columns,
)

SIZE = 100


@st.composite
def attributes(draw) -> Attributes:
    kind = draw(st.sampled_from([Kind.FILE, Kind.DIRECTORY, Kind.BLOCK_DEVICE, Kind.FIFO]))
    made = Attributes(kind, 0o640, SIZE if kind == Kind.FILE else 0)
    made.extras = draw(st.sampled_from([b"", b"", b"13 some=thing\n", b"\0" * 300]))
    if kind == Kind.BLOCK_DEVICE:
        made.device = Device(draw(st.integers(0, 999)), draw(st.integers(0, 2**21 - 1)))
    if kind == Kind.FILE and draw(st.booleans()):
        holes = draw(st.sampled_from([[(10, 5)], [], [(0, 1), (50, 2)], [(0, 100)]]))
        made.holes = Holes.between(holes, SIZE, packed=draw(st.booleans()))
    return made


ROWS = st.lists(attributes(), max_size=8)


def builder_of(rows: list[Attributes]) -> ListingBuilder:
    builder = ListingBuilder()
    for number, each in enumerate(rows):
        builder.place(builder.append(0, b"%03d" % number, each), 0, number * 512)
    return builder


def through_columns(listing: Listing) -> Listing:
    body = encode_columns(len(listing), listing_to_columns(listing), compress)
    return listing_from_columns(*decode_columns(body, decompress))


@examples(100)
@given(ROWS)
def test_rows_keep_what_they_have(rows):
    builder = builder_of(rows)
    for listing in (builder.build(), through_columns(builder.build())):
        check_listing(listing)
        assert [listing.attributes(row) for row in range(1, len(rows) + 1)] == rows
    assert [builder.attributes(row) for row in range(1, len(rows) + 1)] == rows


@examples(50)
@given(ROWS, st.sets(st.integers(1, 8)))
def test_a_copy_without_some_rows(rows, dropped):
    copy, kept = builder_of(rows).without(dropped)
    expected = [each for number, each in enumerate(rows, 1) if number not in dropped]
    assert [copy.attributes(row) for row in range(1, len(copy))] == expected
    assert len(kept) == len(copy)


def test_nothing_rare_costs_nothing():
    listing = builder_of([Attributes(Kind.FILE)]).build()
    names = {column.name for column in listing_to_columns(listing)}
    assert not {name for name in names if name.startswith(("extra", "device", "hole"))}
    assert not listing.rare


def test_what_is_set_later_counts():
    builder = builder_of([Attributes(Kind.FILE, extras=b"x")])
    builder.set_attributes(1, Attributes(Kind.FILE))
    assert builder.attributes(1).extras == b""


FILE = Attributes(Kind.FILE, size=SIZE, extras=b"abc")
FILE_WITH_HOLES = Attributes(Kind.FILE, size=SIZE)
FILE_WITH_HOLES.holes = Holes(array("Q", [5, 50]), array("Q", [5, 50]), packed=False)
NODE = Attributes(Kind.CHARACTER_DEVICE, device=Device(5, 1))
LIES = {
    "rows out of order": {"extra_row": [2, 1]},
    "a row that is not there": {"extra_row": [1, 9]},
    "a row twice": {"hole_row": [1, 1]},
    "ends out of order": {"extra_end": [6, 3]},
    "ends beyond": {"extra_end": [3, 900]},
    "ends before": {"extra_end": [3, 5]},
    "numbers for no device": {"device_row": [1]},
    "numbers too large": {"device_minor": [1 << 21]},
    "a form not known": {"hole_form": [2]},
    "overlapping holes": {"hole_start": [5, 7]},
    "an empty hole": {"hole_size": [0, 50]},
    "holes beyond the file": {"hole_size": [5, 51]},
    "holes without end": {"hole_size": [5, (1 << 64) - 1]},
    "holes of a device": {"hole_row": [3]},
    "holes beyond their column": {"hole_end": [3]},
}


@pytest.mark.parametrize("lie", LIES)
def test_lies_are_refused(lie):
    rows = [FILE, replace(FILE_WITH_HOLES, extras=b"def"), NODE]
    listing = builder_of(rows).build()
    for name, values in LIES[lie].items():
        setattr(listing.rare, name, array(memoryview(getattr(listing.rare, name)).format, values))
    for row in range(len(listing)):
        listing.attributes(row)  # bounded, whatever it says
    with pytest.raises(ListingError):
        check_listing(listing)


def test_a_device_without_numbers_is_refused():
    listing = builder_of([FILE]).build()
    listing.kind[1] = Kind.CHARACTER_DEVICE
    listing.size[1] = 0
    with pytest.raises(ListingError):
        check_listing(listing)


@pytest.mark.parametrize("name", ["extra_end", "extras", "device_minor", "hole_form", "hole_size"])
def test_a_group_is_whole_or_not_there(name):
    listing = builder_of([FILE, FILE_WITH_HOLES, NODE]).build()
    columns = {column.name: column for column in listing_to_columns(listing)}
    del columns[name]
    body = encode_columns(len(listing), columns.values(), compress)
    with pytest.raises(ColumnError):
        listing_from_columns(*decode_columns(body, decompress))


def test_columns_of_another_length():
    listing = builder_of([FILE, FILE_WITH_HOLES, NODE]).build()
    columns = {column.name: column for column in listing_to_columns(listing)}
    for name in ("device_major", "extra_end", "hole_size"):
        longer = Column(name, "I" if name != "hole_size" else "Q", array("Q", [1] * 5))
        body = encode_columns(len(listing), (columns | {name: longer}).values(), compress)
        with pytest.raises(ColumnError):
            listing_from_columns(*decode_columns(body, decompress))
