"""Which frames and files damaged stretches reach into."""

from array import array

from zpack.codecs import FrameTable
from zpack.entries import ROOT, Attributes, Kind, ListingBuilder
from zpack.native.restore_plan import Stretch
from zpack.operations import DamagedStretch
from zpack.operations.damage_extent import files_hit, frames_hit, stretches

# Two files, one of three frames, one more, the end.
FRAMES = FrameTable(
    array("Q", [0, 100, 200, 300, 400, 500]), array("I", [100] * 6), array("I", [512] * 6), None
)


def listing():
    rows = ListingBuilder()
    for name, frame, offset in ((b"a", 0, 0), (b"b", 0, 256), (b"large", 1, 0), (b"z", 4, 0)):
        row = rows.append(ROOT, name, Attributes(Kind.FILE, 0o644, 5))
        rows.place(row, frame, offset)
    return rows.build()


def test_frames():
    assert frames_hit(FRAMES, [Stretch(99, 1)]) == {0}
    assert frames_hit(FRAMES, [Stretch(99, 2)]) == {0, 1}
    assert frames_hit(FRAMES, [Stretch(150, 200), Stretch(590, 99)]) == {1, 2, 3, 5}
    assert frames_hit(FRAMES, [Stretch(600, 10)]) == set()
    assert frames_hit(FRAMES, []) == set()


def test_files():
    assert files_hit(listing(), FRAMES, {0}) == ("a", "b")
    assert files_hit(listing(), FRAMES, {2}) == ("large",)
    assert files_hit(listing(), FRAMES, {3, 4}) == ("large", "z")
    assert files_hit(listing(), FRAMES, {5}) == ()


def test_for_reports():
    assert stretches([Stretch(1, 2)]) == (DamagedStretch(1, 2),)
