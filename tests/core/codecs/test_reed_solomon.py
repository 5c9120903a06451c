"""Recovery shares: the vector of docs/format.md, the definition itself, and any loss they cover."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from tests.golden.page import vector_bytes
from zpack.codecs.galois import inverse, invert, multiply
from zpack.codecs.reed_solomon import (
    Accumulator,
    coefficient,
    encoding_plans,
    restoring_plans,
)


def encoded(shares: list[bytes], recovery: int) -> list[bytes]:
    sums = Accumulator(len(shares[0]), recovery)
    for share, plan in zip(shares, encoding_plans(len(shares), recovery), strict=True):
        sums.add(memoryview(share), plan)
    return sums.results()


def elements(share: bytes) -> list[int]:
    """A share as elements of the field: a bit of each packet."""
    width = len(share) // 8
    packets = [
        int.from_bytes(share[at : at + width], "little") for at in range(0, 8 * width, width)
    ]
    return [
        sum((packet >> place & 1) << bit for bit, packet in enumerate(packets))
        for place in range(8 * width)
    ]


def test_vector():
    shares = [bytes(range(start, start + 64)) for start in (0, 64, 128)]
    assert b"".join(encoded(shares, 2)) == vector_bytes("recovery-share-bytes")


def test_the_definition():
    """Element by element, with the field's own arithmetic."""
    chance = random.Random(1)
    shares = [chance.randbytes(128) for _ in range(5)]
    for number, share in enumerate(encoded(shares, 3)):
        expected = [0] * 128
        for data, each in enumerate(shares):
            factor = coefficient(number, data)
            for place, value in enumerate(elements(each)):
                expected[place] ^= multiply(factor, value)
        assert elements(share) == expected


def test_the_field():
    for value in range(1, 256):
        assert multiply(value, inverse(value)) == 1
    assert multiply(0x80, 2) == 0x1D
    assert multiply(7, 0) == 0
    with pytest.raises(ZeroDivisionError):
        inverse(0)
    with pytest.raises(ZeroDivisionError):
        invert([[1, 2], [1, 2]])


@st.composite
def losses(draw):
    data = draw(st.integers(1, 200))
    recovery = draw(st.integers(1, min(20, 256 - data)))
    count = draw(st.integers(1, min(data, recovery)))
    lost = draw(st.lists(st.integers(0, data - 1), min_size=count, max_size=count, unique=True))
    used = draw(st.lists(st.integers(0, recovery - 1), min_size=count, max_size=count, unique=True))
    return data, recovery, lost, used


@examples(40)
@given(losses(), st.integers(1, 4), st.integers(0, 1 << 32))
def test_any_loss_is_restored(loss, size, seed):
    data, recovery, lost, used = loss
    chance = random.Random(seed)
    shares = [chance.randbytes(64 * size) for _ in range(data)]
    there = [*shares, *encoded(shares, recovery)]
    sums = Accumulator(64 * size, len(lost))
    plans = restoring_plans(data, lost, used)
    assert not set(plans) & set(lost)
    for number, plan in plans.items():
        sums.add(memoryview(there[number]), plan)
    assert sums.results() == [shares[number] for number in lost]


def test_large_shares_go_slice_by_slice():
    chance = random.Random(2)
    shares = [chance.randbytes(1 << 18) for _ in range(3)]
    there = [*shares, *encoded(shares, 2)]
    sums = Accumulator(1 << 18, 2)
    for number, plan in restoring_plans(3, [0, 2], [1, 0]).items():
        sums.add(memoryview(there[number]), plan)
    assert sums.results() == [shares[0], shares[2]]
