"""Reading ahead, from streams that give as much as they like."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from zpack.tar import BLOCK, BlockReader, TarError, padding


def trickle(data: bytes, step: int):
    """A stream that never gives more than ``step`` bytes at a time."""
    stream = io.BytesIO(data)
    return lambda view: stream.readinto(view[:step])


@pytest.mark.parametrize(("size", "rest"), [(0, 0), (1, 511), (511, 1), (512, 0), (2**40 + 1, 511)])
def test_padding(size, rest):
    assert padding(size) == rest
    assert (size + padding(size)) % BLOCK == 0


@examples(100)
@given(st.binary(max_size=3000), st.integers(1, 700), st.lists(st.integers(1, 600), max_size=12))
def test_any_steps(data, step, lengths):
    blocks = BlockReader(trickle(data, step))
    at = 0
    for number, length in enumerate(lengths):
        if at + length > len(data):
            break
        if number % 3 == 0:
            assert bytes(blocks.take(length)) == data[at : at + length]
        elif number % 3 == 1:
            blocks.skip(length)
        else:
            piece = bytes(blocks.some(length))
            assert 1 <= len(piece) <= length
            assert piece == data[at : at + len(piece)]
        assert at < blocks.position <= at + length
        at = blocks.position
    assert blocks.at_end() == (at == len(data))


@pytest.mark.parametrize("wanted", ["take", "some", "skip"])
def test_the_end_is_an_error(wanted):
    blocks = BlockReader(io.BytesIO(b"abc").readinto)
    blocks.skip(3)
    assert blocks.at_end()
    with pytest.raises(TarError):
        getattr(blocks, wanted)(1)


def test_a_piece_larger_than_the_buffer_is_refused():
    blocks = BlockReader(io.BytesIO(bytes(3 << 20)).readinto)
    assert len(blocks.take(1 << 20)) == 1 << 20
    with pytest.raises(TarError):
        blocks.take((1 << 20) + 1)


def test_many_pieces_through_one_buffer():
    data = bytes(range(256)) * 12_000
    blocks = BlockReader(io.BytesIO(data).readinto)
    out = bytearray()
    while not blocks.at_end():
        out += blocks.take(min(700, len(data) - len(out)))
    assert out == data
