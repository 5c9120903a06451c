"""Frames of an index are found in damaged copies, moved or not."""

import random
from pathlib import Path

from tests.core.native.parts import Content, make_archive
from tests.core.native.records import nothing, opened
from zpack.native.description_search import find_description
from zpack.native.frame_finder import FoundFrames, find_frames_of
from zpack.native.record_copies import open_copies

NOISE = random.Random(4)
FILES = {b"%d" % number: NOISE.randbytes(3000) for number in range(20)}
OURS = make_archive(Content(files=FILES), capacity=8192)


def found(folder: Path, *copies: bytes) -> FoundFrames:
    with opened(folder, *copies) as sources:
        pool = open_copies(sources)
        description = find_description(pool, nothing)
        assert description is not None
        frames = find_frames_of(description.frames, pool, nothing)
        assert frames.read(100, 5) == OURS[5:105] or frames.missing()
        return frames


def test_whole(tmp_path: Path) -> None:
    frames = found(tmp_path, OURS)
    assert frames.missing() == []
    assert [frames.at(frame) for frame in range(len(frames.frames))] == list(frames.frames.offset)


def test_moved_by_what_the_index_tells(tmp_path: Path) -> None:
    frames = found(tmp_path, b"noise" + OURS)
    assert frames.missing() == []
    assert frames.at(3) == frames.frames.offset[3] + 5


def test_moved_twice(tmp_path: Path) -> None:
    """In the middle by what nothing tells."""
    third, sixth = (found(tmp_path, OURS).frames.offset[number] for number in (3, 6))
    data = OURS[:third] + b"x" * 77 + OURS[third:sixth] + b"y" * 9 + OURS[sixth:]
    frames = found(tmp_path, data)
    assert frames.missing() == []
    assert frames.at(4) == frames.frames.offset[4] + 77
    assert frames.at(7) == frames.frames.offset[7] + 86


def test_in_either_copy(tmp_path: Path) -> None:
    half = len(OURS) // 2
    frames = found(
        tmp_path, bytes(half) + OURS[half:], OURS[:half] + bytes(100) + OURS[half + 100 :]
    )
    assert len(frames.missing()) <= 1
    assert frames.copy_of(0) is not frames.copy_of(len(frames.frames) - 1)


def test_a_damaged_one(tmp_path: Path) -> None:
    at = found(tmp_path, OURS).frames.offset[4] + 30
    frames = found(tmp_path, OURS[:at] + b"?" + OURS[at + 1 :])
    assert frames.missing() == [4]
    assert frames.guess(4) == (frames.copies[0], frames.frames.offset[4])


def test_no_index(tmp_path: Path) -> None:
    with opened(tmp_path, OURS[:9000], b"zpkindex" * 200) as sources:
        assert find_description(open_copies(sources), nothing) is None
