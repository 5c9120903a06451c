"""The index and the digests as bytes."""

import struct
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries.trees import any_entries, listing_of
from tests.fuzz.examples import examples
from zpack.codecs import FrameTable, compress
from zpack.entries import check_listing, encode_columns, listing_to_columns
from zpack.native.index import decode_digests, decode_index, encode_digests, encode_index
from zpack.native.layout import LayoutError

FRAMES = FrameTable(
    array("Q", [0, 100]), array("I", [100, 20]), array("I", [512, 1024]), array("Q", [1, 1 << 63])
)


@examples(60)
@given(any_entries())
def test_round_trip(entries):
    listing = listing_of(entries)
    again, frames = decode_index(encode_index(listing, FRAMES))
    check_listing(again)
    for row in range(len(listing)):
        assert again.path(row) == listing.path(row)
        assert again.attributes(row) == listing.attributes(row)
        assert (again.frame[row], again.offset[row]) == (listing.frame[row], listing.offset[row])
        assert again.link(row) == listing.link(row)
    for name in ("offset", "csize", "dsize", "xxh3"):
        assert list(getattr(frames, name)) == list(getattr(FRAMES, name))


def index_body() -> bytes:
    return encode_index(listing_of([]), FRAMES)


def test_an_index_without_frames():
    listing = listing_of([])
    with pytest.raises(LayoutError):
        decode_index(encode_columns(1, listing_to_columns(listing), compress))


def test_every_flipped_bit_but_those_that_mean_nothing():
    body = bytearray(index_body())
    before = bytes(body)
    listing, frames = decode_index(before)
    expected = (listing.attributes(0), list(frames.xxh3))
    unchanged = 0
    for bit in range(8 * len(body)):
        body[bit // 8] ^= 1 << bit % 8
        try:
            found, table = decode_index(bytes(body))
        except LayoutError:
            pass
        else:
            unchanged += (found.attributes(0), list(table.xxh3)) == expected
        body[bit // 8] ^= 1 << bit % 8
    # Other frames of the same content exist (a bit of a block's description); they are few.
    assert unchanged < len(body) // 4


def test_every_cut():
    body = index_body()
    for length in range(len(body)):
        with pytest.raises(LayoutError):
            decode_index(body[:length])


@examples(100)
@given(st.binary(max_size=200))
def test_noise_raises_nothing_else(noise):
    for data in (noise, index_body()[:700] + noise):
        try:
            decode_index(data)
        except LayoutError:
            continue


def test_digests():
    digests = bytes(range(48))
    body = encode_digests(3, digests)
    assert body[:8] == struct.pack("<Q", 3)
    assert decode_digests(memoryview(body), 3) == digests


@pytest.mark.parametrize("rows", [0, 2, 4, 1 << 40])
def test_digests_of_another_archive(rows):
    with pytest.raises(LayoutError):
        decode_digests(memoryview(encode_digests(3, bytes(48))), rows)
    forged = struct.pack("<Q", rows) + compress(bytes(48))
    with pytest.raises(LayoutError):
        decode_digests(memoryview(forged), rows)


def test_digests_that_are_cut():
    body = encode_digests(3, bytes(range(48)))
    for length in range(len(body)):
        with pytest.raises(LayoutError):
            decode_digests(memoryview(body[:length]), 3)
