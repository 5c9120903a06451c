"""The locator: the vector of docs/format.md, and each thing that can be wrong with it."""

import struct
from dataclasses import replace

import pytest
import xxhash

from tests.golden.page import vector_bytes
from zpack.native.layout import LayoutError, NewerVersion
from zpack.native.locator import Locator, Section, decode_locator, encode_locator

EXPECTED = Locator(
    index=Section(0x1000, 0x200, bytes(range(16))),
    digests=Section(0x1200, 0x80, bytes(range(16, 32))),
    recovery=None,
    tar_size=0x3800,
    frames=3,
)
FLAGS, RESERVED, DIGESTS_AT, RECOVERY_AT = 8 + 12, 8 + 112, 8 + 48, 8 + 80


def forged(*changes: tuple[int, str, int]) -> bytes:
    """The vector with fields changed, and the checksum that belongs to it."""
    data = bytearray(encode_locator(EXPECTED))
    for place, code, value in changes:
        struct.pack_into(code, data, place, value)
    struct.pack_into("<Q", data, 128, xxhash.xxh3_64_intdigest(data[8:128]))
    return bytes(data)


def test_vector():
    assert encode_locator(EXPECTED) == vector_bytes("locator")
    assert decode_locator(vector_bytes("locator")) == EXPECTED


def test_round_trip_of_the_other_profile():
    locator = replace(EXPECTED, lz4=True, content_checksum=0xFEDCBA98)
    assert decode_locator(encode_locator(locator)) == locator
    with pytest.raises(LayoutError):
        decode_locator(forged((FLAGS, "<I", 1 | 4), (RESERVED + 4, "<I", 1)))


@pytest.mark.parametrize("digests", [EXPECTED.digests, None])
@pytest.mark.parametrize("recovery", [Section(0x1280, 0x55), None])
def test_round_trip(digests, recovery):
    locator = replace(EXPECTED, digests=digests, recovery=recovery)
    assert decode_locator(encode_locator(locator)) == locator


def test_every_flipped_bit():
    data = bytearray(vector_bytes("locator"))
    for bit in range(8 * 136):
        data[bit // 8] ^= 1 << bit % 8
        with pytest.raises(LayoutError):
            decode_locator(bytes(data))
        data[bit // 8] ^= 1 << bit % 8


@pytest.mark.parametrize("length", [0, 8, 135, 137, 272])
def test_another_length(length):
    with pytest.raises(LayoutError):
        decode_locator((vector_bytes("locator") * 2)[:length])


@pytest.mark.parametrize(
    "change",
    [
        (0, "<I", 0x184D2A5C),
        (4, "<I", 129),
        (8, "8s", b"zpkindex"),
        (FLAGS, "<I", 0),
        (FLAGS, "<I", 1 | 2),
        (FLAGS, "<I", 1 | 8),
        (FLAGS, "<I", 1 | 1 << 31),
        (RESERVED, "<Q", 1),
        (RESERVED + 7, "B", 0x80),
        (RECOVERY_AT, "<Q", 5),
        (RECOVERY_AT + 8, "<Q", 5),
    ],
)
def test_what_is_wrong_in_spite_of_the_checksum(change):
    with pytest.raises(LayoutError):
        decode_locator(forged(change))


@pytest.mark.parametrize("place", [DIGESTS_AT, DIGESTS_AT + 8, DIGESTS_AT + 16])
def test_digests_that_the_flags_deny(place):
    zero = [(DIGESTS_AT + at, "<Q", 0) for at in range(0, 32, 8)]
    with pytest.raises(LayoutError):
        decode_locator(forged(*zero, (FLAGS, "<I", 0), (place, "<Q", 1)))


@pytest.mark.parametrize("version", [0, 2, 0xFFFF])
def test_a_major_version(version):
    with pytest.raises(NewerVersion):
        decode_locator(forged((16, "<H", version)))


def test_a_minor_version_is_ignored():
    assert decode_locator(forged((18, "<H", 9))) == EXPECTED
