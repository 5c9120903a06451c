"""Where data frames are."""

from array import array

import pytest

from zpack.codecs import FrameTable


def table(*sizes: int) -> FrameTable:
    offsets = array("Q", (sum(sizes[:number]) for number in range(len(sizes))))
    return FrameTable(offsets, array("I", sizes), array("I", sizes), None)


def test_no_frames():
    assert (len(table()), table().end) == (0, 0)
    assert table().containing(5) == 0


@pytest.mark.parametrize(
    ("offset", "frame"), [(0, 0), (9, 0), (10, 1), (29, 1), (30, 2), (59, 2), (60, 2), (1000, 2)]
)
def test_the_frame_that_holds_a_byte(offset, frame):
    assert table(10, 20, 30).containing(offset) == frame


def test_the_end():
    assert table(10, 20, 30).end == 60
    assert table(0xFFFFFFFF, 0xFFFFFFFF, 2).end == 2 * 0xFFFFFFFF + 2
