"""Numbers and checksums of header blocks."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from zpack.tar import TarError
from zpack.tar.numbers import byte_sum, checksum, read_number


def naive(block: bytes) -> int:
    return sum(block[:148]) + 8 * ord(" ") + sum(block[156:])


@pytest.mark.parametrize("byte", [0, 1, 0x20, 0x7F, 0x80, 0xFF])
def test_checksum_of_one_byte_repeated(byte):
    block = bytes([byte]) * 512
    assert checksum(block) == naive(block)
    assert byte_sum(block) == sum(block)


def test_checksum_of_random_blocks():
    source = random.Random(1)
    for density in (2, 128, 256):
        for _ in range(300):
            block = bytes(source.randrange(density) for _ in range(512))
            assert checksum(block) == checksum(memoryview(block)) == naive(block)
            assert byte_sum(block) == sum(block)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (b"0000644\0", 0o644),
        (b"   644 \0", 0o644),
        (b"644\0\xff\xff\xff\xff", 0o644),
        (b"77777777", 0o77777777),
        (bytes(8), 0),
        (b"        ", 0),
        (b"\x80\0\0\0\0\0\0\x05", 5),
        (b"\xff" * 12, -1),
        (b"\xff\xff\xff\xff\xff\xff\xff\x00", -256),
        (b"\x80" + b"\0" * 3 + b"\x01" + bytes(7), 1 << 56),
    ],
)
def test_numbers_in_every_notation(field, value):
    assert read_number(field) == value


@pytest.mark.parametrize("field", [b"00008\0\0\0", b"abc\0\0\0\0\0", b"1 2\0\0\0\0\0"])
def test_what_is_no_number(field):
    with pytest.raises(TarError):
        read_number(field)


@examples(300)
@given(st.integers(-(1 << 94), (1 << 94) - 1))
def test_large_and_negative_ones(value):
    field = bytearray(value.to_bytes(12, "big", signed=True))
    if value >= 0:
        field[0] |= 0x80
    assert read_number(bytes(field)) == value


@examples(300)
@given(st.binary(min_size=8, max_size=12))
def test_noise_raises_nothing_else(field):
    try:
        value = read_number(field)
    except TarError:
        return
    assert abs(value) < 1 << 96
