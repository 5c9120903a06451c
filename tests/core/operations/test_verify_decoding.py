"""Full verification: damage is confined to what it touches."""

from pathlib import Path

import pytest

from tests.core.native.parts import Content, check_damaged, make_archive, put_together, take_apart
from zpack.codecs import FrameTable
from zpack.filesystem import SourceFile
from zpack.jobs import Control, PartState
from zpack.native.lz4_profile import TAR_LZ4
from zpack.native.profile import Profile
from zpack.native.tail import read_tail
from zpack.native.zstd_profile import TAR_ZST
from zpack.operations import Condition, Proof, VerifyReport, VerifyRequest, verify

CAPACITY = 1 << 16
BIG = bytes(range(256)) * 2048  # eight frames and a bit, each its own
PROFILES = pytest.mark.parametrize("profile", [TAR_ZST, TAR_LZ4], ids=lambda each: each.name)


def made(tmp_path: Path, profile: Profile = TAR_ZST, **files: bytes) -> tuple[Path, FrameTable]:
    path = tmp_path / "a"
    content = Content({name.encode(): data for name, data in files.items()})
    path.write_bytes(make_archive(content, CAPACITY, profile=profile))
    with SourceFile(str(path)) as source:
        return path, read_tail(source).frames


def spoil(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0x20
    path.write_bytes(data)


def checked(path: Path) -> tuple[VerifyReport, bytes]:
    control = Control()
    report = verify(VerifyRequest(str(path), threads=1), control)
    return report, bytes(control.progress.part_states)


@PROFILES
def test_a_large_file_has_only_the_bytes_of_the_damaged_frame_in_doubt(
    tmp_path: Path, profile: Profile
) -> None:
    path, frames = made(tmp_path, profile, aaa=b"before", big=BIG, zzz=b"after")
    bad = 4
    before = b"".join(take_apart(path.read_bytes()).contents()[:bad])
    spoil(path, frames.offset[bad] + frames.csize[bad] // 2)
    report, states = checked(path)
    assert [(each.path, each.condition) for each in report.entries] == [("big", Condition.DAMAGED)]
    (stretch,) = report.entries[0].stretches
    assert (stretch.first_frame, stretch.last_frame) == (bad, bad)
    assert (stretch.offset, stretch.size) == (frames.offset[bad], frames.csize[bad])
    assert stretch.end - stretch.start == frames.dsize[bad]
    # The first byte in doubt is the one that comes next.
    assert stretch.start > 0
    assert BIG[: stretch.start] == before[-stretch.start :]
    assert states.count(PartState.DAMAGED) == 1
    assert states.count(PartState.GOOD) == report.good_frames == len(frames) - 1
    assert (report.files, report.good) == (3, 2)


def test_damaged_frames_name_what_is_in_them(tmp_path: Path) -> None:
    path, frames = made(tmp_path, big=BIG, **{f"f{n:02}": bytes([n]) * 100 for n in range(30)})
    holder = len(frames) - 2
    spoil(path, frames.offset[holder] + 5)
    spoil(path, frames.offset[2] + 20)
    report, _ = checked(path)
    first, second = report.damaged_frames
    assert (first.frame, first.entries, first.paths) == (2, 1, ("big",))
    assert (second.frame, second.entries) == (holder, report.files - report.good - 1)
    assert second.paths == tuple(f"f{n:02}" for n in range(10))
    assert second.content_offset == sum(frames.dsize[:holder])


def test_each_damaged_frame_of_a_large_file_is_a_stretch(tmp_path: Path) -> None:
    path, frames = made(tmp_path, big=BIG)
    for bad in (2, 3, 6):
        spoil(path, frames.offset[bad] + 9)
    report, _ = checked(path)
    places = [(each.first_frame, each.last_frame) for each in report.entries[0].stretches]
    assert places == [(2, 3), (6, 6)]
    assert [each.frame for each in report.damaged_frames] == [2, 3, 6]


def test_content_that_is_not_its_digests_is_damaged_as_a_whole(tmp_path: Path) -> None:
    path, frames = made(tmp_path, big=BIG, small=b"s")
    parts = take_apart(path.read_bytes())
    contents = parts.contents()
    contents[3] = contents[3][:-1] + b"!"
    parts.put_contents(contents)
    assert check_damaged(parts, tmp_path) == ["big"]
    path.write_bytes(put_together(parts))
    report, states = checked(path)
    (stretch,) = report.entries[0].stretches
    assert (stretch.start, stretch.end) == (0, len(BIG))  # no checksum tells where
    assert set(states) == {PartState.GOOD}
    assert report.damaged_frames == ()
    assert report.proof is Proof.DAMAGED
    assert len(states) == len(frames)


def test_damaged_digests_leave_the_frames_to_be_checked(tmp_path: Path) -> None:
    path, frames = made(tmp_path, big=BIG, small=b"s")
    with SourceFile(str(path)) as source:
        digests = read_tail(source).locator.digests
    assert digests is not None
    spoil(path, digests.offset + digests.length - 3)
    report, states = checked(path)
    assert (report.proof, report.files, report.good) == (Proof.DAMAGED, 2, 2)
    assert states == bytes([PartState.GOOD]) * len(frames)
