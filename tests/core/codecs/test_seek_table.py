"""The seek table: the vector of docs/format.md, round trips, flipped bits."""

import contextlib
import struct
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from tests.golden.page import vector_bytes
from zpack.codecs import (
    SEEK_TABLE_FOOTER,
    SeekTable,
    SeekTableError,
    decode_seek_table,
    encode_seek_table,
    seek_table_length,
)

UNUSED_BITS = 0b11  # of the descriptor: a reader ignores them


def table(*pairs: tuple[int, int]) -> SeekTable:
    return SeekTable(array("I", (c for c, _ in pairs)), array("I", (d for _, d in pairs)))


def with_checksums(*triples: tuple[int, int, int], descriptor: int = 0x80) -> bytes:
    body = b"".join(struct.pack("<III", *triple) for triple in triples)
    body += struct.pack("<IBI", len(triples), descriptor, 0x8F92EAB1)
    return struct.pack("<II", 0x184D2A5E, len(body)) + body


def test_vector():
    expected = table((0x10C, 0x600), (0x1F, 0x400), (0x88, 0))
    data = vector_bytes("seek-table")
    assert encode_seek_table(expected) == data
    assert decode_seek_table(data) == expected
    assert seek_table_length(data[-SEEK_TABLE_FOOTER:]) == len(data)


U32 = st.integers(0, 0xFFFFFFFF)


@examples(100)
@given(st.lists(st.tuples(U32, U32), max_size=50))
def test_round_trip(pairs):
    data = encode_seek_table(table(*pairs))
    assert decode_seek_table(data) == table(*pairs)
    assert seek_table_length(data[-SEEK_TABLE_FOOTER:]) == len(data)


@examples(50)
@given(st.lists(st.tuples(U32, U32, U32), max_size=20))
def test_checksums_of_others_are_passed_over(triples):
    data = with_checksums(*triples)
    assert decode_seek_table(data) == table(*((c, d) for c, d, _ in triples))
    assert seek_table_length(data[-SEEK_TABLE_FOOTER:]) == len(data)


def test_every_flipped_bit_shows():
    data = bytearray(encode_seek_table(table((500, 1024), (31, 1024), (136, 0))))
    whole = decode_seek_table(bytes(data))
    for bit in range(8 * len(data)):
        if bit // 8 == len(data) - 5 and 1 << bit % 8 & UNUSED_BITS:
            continue
        data[bit // 8] ^= 1 << bit % 8
        with contextlib.suppress(SeekTableError):
            assert decode_seek_table(bytes(data)) != whole
        data[bit // 8] ^= 1 << bit % 8


@pytest.mark.parametrize("bit", [2, 3, 4, 5, 6])
def test_reserved_bits_are_refused(bit):
    data = with_checksums((1, 2, 3), descriptor=0x80 | 1 << bit)
    with pytest.raises(SeekTableError):
        seek_table_length(data[-SEEK_TABLE_FOOTER:])
    with pytest.raises(SeekTableError):
        decode_seek_table(data)


def test_every_cut_is_refused():
    data = encode_seek_table(table((500, 1024), (31, 1024)))
    for length in range(len(data)):
        with pytest.raises(SeekTableError):
            decode_seek_table(data[:length])
        with pytest.raises(SeekTableError):
            decode_seek_table(data[length + 1 :])


def test_a_count_of_four_milliards_takes_no_memory():
    footer = struct.pack("<IBI", 0xFFFFFFFF, 0, 0x8F92EAB1)
    assert seek_table_length(footer) == 8 + 8 * 0xFFFFFFFF + 9
    with pytest.raises(SeekTableError):
        decode_seek_table(struct.pack("<II", 0x184D2A5E, 9) + footer)


@examples(200)
@given(st.binary(max_size=60))
def test_noise_raises_nothing_else(noise):
    for data in (noise, struct.pack("<I", 0x184D2A5E) + noise, noise + b"\xb1\xea\x92\x8f"):
        with contextlib.suppress(SeekTableError):
            decode_seek_table(data)
