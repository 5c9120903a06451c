"""Where the parts of a recovery record are, and heads that lie."""

import struct
from dataclasses import replace

import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from tests.golden.page import vector_bytes
from zpack.native.layout import LayoutError
from zpack.native.recovery_geometry import (
    HEAD_SIZE,
    Geometry,
    choose_geometry,
    decode_head,
    encode_head,
)

EXPECTED = Geometry(100_000, 90_000, 256, 2, 10, 5, 3, name=bytes(range(16)))


def forged(place: int, code: str, value: int) -> bytes:
    """The vector with a field changed, and the checksum that belongs to it."""
    data = bytearray(encode_head(EXPECTED, 0))
    struct.pack_into(code, data, place, value)
    struct.pack_into("<Q", data, 72, xxhash.xxh3_64_intdigest(data[:72]))
    return bytes(data)


def test_vector():
    assert encode_head(EXPECTED, 0) == vector_bytes("recovery-head-bytes")
    assert decode_head(vector_bytes("recovery-head-bytes")) == (EXPECTED, 0)


SIZES = st.one_of(st.integers(1, 1 << 24), st.integers(1, 1 << 44))


@examples(200)
@given(SIZES, st.integers(1, 100), st.booleans())
def test_what_a_writer_chooses_is_read(protected, percent, lz4):
    geometry = choose_geometry(protected, protected // 2, percent, lz4=lz4)
    geometry = replace(geometry, name=bytes(16))
    assert decode_head(encode_head(geometry, geometry.parts - 1)) == (
        geometry,
        geometry.parts - 1,
    )
    # No less than was asked for, and of large archives no more than a little.
    data = geometry.data_shares * geometry.share_size
    recovery = geometry.recovery_shares * geometry.share_size
    assert 100 * recovery >= percent * protected
    if protected > 1 << 26:
        assert 100 * recovery <= (percent + max(2, percent // 5)) * data


@pytest.mark.parametrize("megabytes", [9, 25, 70, 1000])
def test_a_wrong_byte_here_and_there_costs_small_shares(megabytes):
    geometry = choose_geometry(megabytes * 1_000_000, 0, 5)
    assert geometry.data_shares > 1000
    assert geometry.groups > 5
    assert geometry.end <= 1.06 * geometry.protected


@examples(60)
@given(st.integers(1, 1 << 20), st.integers(1, 100), st.integers(256, 1 << 16))
def test_everything_stands_one_after_the_other(protected, percent, part_bytes):
    geometry = choose_geometry(protected, 0, percent, part_bytes=part_bytes)
    at, number = protected, geometry.data_shares
    for part in range(geometry.parts):
        assert geometry.part_at(part) == at
        at += HEAD_SIZE + geometry.table_size
        shares = geometry.first_in_part(part + 1) - geometry.first_in_part(part)
        for _ in range(shares):
            assert geometry.share_at(number) == at
            at, number = at + geometry.share_size, number + 1
        assert geometry.part_at(part) + geometry.part_length(part) == at
    assert at == geometry.end
    assert number == geometry.shares
    assert not shares  # the last part has none


@pytest.mark.parametrize(
    ("place", "code", "value"),
    [
        (0, "<I", 0x184D2A5D),
        (4, "<I", 99),
        (8, "<Q", 0),
        (16, "<H", 2),
        (20, "<H", 3),  # part 3 of 3
        (22, "<H", 2),  # too few parts
        (24, "<Q", 0),
        (24, "<Q", 1 << 63),
        (32, "<Q", 100_000),
        (40, "<I", 0),
        (40, "<I", 32),
        (40, "<I", 65),
        (40, "<I", 1 << 25),
        (44, "<I", 0),
        (44, "<I", 1),  # too many shares in a group
        (44, "<I", 0xFFFFFFFF),
        (48, "<H", 0),
        (48, "<H", 0xFFFF),
        (50, "<H", 0),
        (50, "<H", 101),
        (52, "<I", 2),
    ],
)
def test_heads_that_lie(place, code, value):
    with pytest.raises(LayoutError):
        decode_head(forged(place, code, value))


def test_every_flipped_bit_is_seen():
    data = encode_head(EXPECTED, 0)
    for bit in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[bit >> 3] ^= 1 << (bit & 7)
        with pytest.raises(LayoutError):
            decode_head(bytes(flipped))
    with pytest.raises(LayoutError):
        decode_head(data[:-1])
