"""Numbers as stretches."""

from itertools import chain, pairwise

from hypothesis import given
from hypothesis import strategies as st

from zpack.native.consecutive import consecutive


def test_some():
    assert list(consecutive([])) == []
    assert list(consecutive([7])) == [range(7, 8)]
    assert list(consecutive([1, 2, 3, 5, 8, 9])) == [range(1, 4), range(5, 6), range(8, 10)]


@given(st.sets(st.integers(0, 40)).map(sorted))
def test_they_are_the_numbers_and_do_not_touch(numbers: list[int]):
    found = list(consecutive(numbers))
    assert list(chain.from_iterable(found)) == numbers
    assert all(one.stop < two.start for one, two in pairwise(found))
