from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from zpack.entries import Holes


def holes(*pairs: tuple[int, int]) -> Holes:
    return Holes(array("Q", (a for a, _ in pairs)), array("Q", (b for _, b in pairs)))


@examples(200)
@given(st.sets(st.integers(0, 300), max_size=20), st.integers(0, 50))
def test_data_and_holes_fill_the_file(edges, more):
    numbers = sorted(edges)
    data = [(a, b - a) for a, b in zip(numbers[::2], numbers[1::2], strict=False)]
    size = (sum(data[-1]) if data else 0) + more
    found = Holes.between(data, size, packed=False)
    assert found.fit(size)
    assert list(found.data(size)) == data
    assert found.total + sum(length for _, length in data) == size


@pytest.mark.parametrize(
    "data", [[(5, 5), (3, 1)], [(0, 4), (3, 4)], [(8, 3)], [(0, -1)], [(11, 0)], [(-1, 2)]]
)
def test_stretches_that_make_no_sense(data):
    with pytest.raises(ValueError, match="out of order"):
        Holes.between(data, 10, packed=False)


def test_stretches_that_touch_are_one():
    assert Holes.between([(0, 4), (4, 4), (9, 0)], 10, packed=False) == holes((8, 2))


@pytest.mark.parametrize(
    ("found", "fit"),
    [
        (holes((0, 5), (6, 4)), True),
        (holes((0, 10)), True),
        (holes(), True),
        (holes((0, 5), (5, 5)), False),  # that is one
        (holes((6, 1), (2, 1)), False),
        (holes((2, 0)), False),
        (holes((8, 3)), False),
        (holes((0, 1), (9, 1 << 60)), False),
    ],
)
def test_only_what_fits_is_believed(found, fit):
    assert found.fit(10) is fit
