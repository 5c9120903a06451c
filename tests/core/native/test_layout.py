"""Sections in one part and in many."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from zpack.native.layout import (
    DIGESTS_TAG,
    INDEX_TAG,
    LayoutError,
    NewerVersion,
    decode_section,
    encode_section,
    section_frames,
)

MINOR_VERSION = range(18, 20)  # a reader ignores it


@examples(100)
@given(st.binary(max_size=400), st.integers(1, 100))
def test_round_trip_in_parts(body, part_size):
    parts = encode_section(INDEX_TAG, body, part_size=part_size)
    data = b"".join(parts)
    assert bytes(decode_section(INDEX_TAG, data)) == body
    assert section_frames(data) == [len(part) for part in parts]
    assert len(parts) == max(1, -(-len(body) // part_size))


def test_a_part_byte_by_byte():
    first, second = encode_section(DIGESTS_TAG, b"abcde", part_size=3)
    assert (
        first
        == bytes.fromhex("5d2a4d18 13000000")
        + b"zpkdigst"
        + bytes.fromhex("0100 0000 0000 0200")
        + b"abc"
    )
    assert (
        second
        == bytes.fromhex("5d2a4d18 12000000")
        + b"zpkdigst"
        + bytes.fromhex("0100 0000 0100 0200")
        + b"de"
    )


def test_every_flipped_bit_of_a_head():
    parts = encode_section(INDEX_TAG, b"some body", part_size=4)
    data = bytearray(b"".join(parts))
    starts = [sum(map(len, parts[:number])) for number in range(len(parts))]
    for start in starts:
        for byte in {*range(24)} - {*MINOR_VERSION}:
            for bit in range(8):
                data[start + byte] ^= 1 << bit
                with pytest.raises(LayoutError):
                    decode_section(INDEX_TAG, bytes(data))
                data[start + byte] ^= 1 << bit
    assert bytes(decode_section(INDEX_TAG, bytes(data))) == b"some body"


def test_a_minor_version_is_ignored():
    data = bytearray(encode_section(INDEX_TAG, b"body")[0])
    data[18:20] = b"\xff\xff"
    assert bytes(decode_section(INDEX_TAG, bytes(data))) == b"body"


@pytest.mark.parametrize("version", [0, 2, 0xFFFF])
def test_a_major_version_is_not(version):
    data = bytearray(encode_section(INDEX_TAG, b"body")[0])
    data[16:18] = struct.pack("<H", version)
    with pytest.raises(NewerVersion) as raised:
        decode_section(INDEX_TAG, bytes(data))
    assert raised.value.version == version


def test_every_cut():
    data = b"".join(encode_section(INDEX_TAG, b"some body", part_size=4))
    for length in range(len(data)):
        with pytest.raises(LayoutError):
            decode_section(INDEX_TAG, data[:length])


@pytest.mark.parametrize("order", [[1, 0, 2], [0, 2], [0, 0, 1, 2], [0, 1], [0, 1, 2, 2], [1, 2]])
def test_parts_that_do_not_fit_together(order):
    parts = encode_section(INDEX_TAG, b"abcdef", part_size=2)
    with pytest.raises(LayoutError):
        decode_section(INDEX_TAG, b"".join(parts[number] for number in order))


def test_another_section():
    with pytest.raises(LayoutError):
        decode_section(INDEX_TAG, encode_section(DIGESTS_TAG, b"")[0])


@examples(200)
@given(st.binary(max_size=100))
def test_noise_raises_nothing_else(noise):
    for data in (noise, encode_section(INDEX_TAG, b"")[0] + noise):
        try:
            decode_section(INDEX_TAG, data)
        except LayoutError:
            continue
