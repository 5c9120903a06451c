"""Passages: frames between damaged places."""

import random
from pathlib import Path

from tests.core.codecs.frames import skippable, zstd
from tests.core.native.parts import Content, make_archive, take_apart
from tests.core.native.records import nothing, opened
from zpack.native.lz4_profile import TAR_LZ4
from zpack.native.passage_reader import PassageReader
from zpack.native.passages import Passage, find_passages
from zpack.native.record_copies import open_copies

NOISE = random.Random(2)
FILES = {b"%d" % number: NOISE.randbytes(3000) for number in range(12)}
OURS = make_archive(Content(files=FILES), capacity=8192)


def passages(folder: Path, data: bytes) -> list[Passage]:
    with opened(folder, data) as sources:
        return find_passages(open_copies(sources)[0], nothing)


def names(folder: Path, data: bytes) -> dict[bytes, bool]:
    """What is whole in any passage, and whether it is doubtful."""
    with opened(folder, data) as sources:
        found = {}
        for passage in find_passages(open_copies(sources)[0], nothing):
            reader = PassageReader(passage, lambda count: None)
            found |= {entry.path: entry.doubtful for entry in reader.entries()}
        return found


def ends(data: bytes) -> list[int]:
    parts, ends = take_apart(data), []
    at = len(parts.head)
    for frame in parts.frames:
        at += len(frame)
        ends.append(at)
    return ends


def test_whole(tmp_path: Path) -> None:
    (passage,) = passages(tmp_path, OURS)
    assert passage.begins
    assert len(passage.frames) == len(take_apart(OURS).frames)
    assert all(passage.checked)
    assert names(tmp_path, OURS) == dict.fromkeys(FILES, False)


def test_a_hole(tmp_path: Path) -> None:
    first, second, *_ = ends(OURS)
    middle = (first + second) // 2
    damaged = OURS[:middle] + bytes(20) + OURS[middle + 20 :]
    found = names(tmp_path, damaged)
    assert set(found) < set(FILES)
    assert len(found) >= len(FILES) - 2
    # Frames around the hole vouch for their files.
    assert sum(not doubtful for doubtful in found.values()) >= len(FILES) - 4


def test_something_between_the_frames(tmp_path: Path) -> None:
    first, *_ = ends(OURS)
    for noise in (b"noise" * 20, bytes(99), b"\x28\xb5\x2f\xfd" * 9):
        found = names(tmp_path, OURS[:first] + noise + OURS[first:])
        assert found == dict.fromkeys(FILES, False)


def test_others_between_them(tmp_path: Path) -> None:
    first, *_ = ends(OURS)
    data = OURS[:first] + skippable(b"by others") + OURS[first:]
    assert len(passages(tmp_path, data)) == 1
    assert names(tmp_path, data) == dict.fromkeys(FILES, False)


def test_blocks_of_lz4(tmp_path: Path) -> None:
    data = make_archive(Content(files=FILES), capacity=8192, profile=TAR_LZ4)
    assert set(names(tmp_path, data)) == set(FILES)
    first, second, *_ = ends(data)
    cut = names(tmp_path, data[: (first + second) // 2])
    assert 0 < len(cut) < len(FILES)
    assert all(cut.values())  # the checksum is one of all of it, and gone


def test_nothing_to_find(tmp_path: Path) -> None:
    for data in (b"noise", bytes(5000), NOISE.randbytes(5000), b"\x04\x22\x4d\x18", zstd(b"text")):
        assert names(tmp_path, data) == {}
