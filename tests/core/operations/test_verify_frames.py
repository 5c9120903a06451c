"""Quick verification: every compressed byte, and nothing unpacked."""

import os
from pathlib import Path

import pytest

from tests.core.native.parts import SMALL, make_archive, put_together, take_apart
from tests.core.operations.conftest import Maker
from tests.core.operations.test_verify_decoding import BIG, PROFILES, made, spoil
from zpack.codecs.coding import Coding
from zpack.errors import ExitCode, ReadFailed
from zpack.filesystem import SourceFile
from zpack.jobs import Cancelled, Control, Outcome, PartState
from zpack.native.profile import Profile
from zpack.operations import Depth, Proof, VerifyReport, VerifyRequest, verify


def quick(path: "str | Path", control: Control | None = None) -> VerifyReport:
    return verify(VerifyRequest(str(path), 1, depth=Depth.QUICK), control or Control())


@PROFILES
def test_intact_is_never_called_proven(tmp_path: Path, profile: Profile) -> None:
    path = tmp_path / "a"
    path.write_bytes(make_archive(SMALL, profile=profile))
    control = Control()
    report = quick(path, control)
    assert (report.proof, report.exit_code) == (Proof.INTACT, ExitCode.DONE)
    assert report.files == report.good == 5
    assert report.good_frames == report.frames
    assert control.progress.outcomes.count(Outcome.DONE) == 6
    assert set(control.progress.part_states) == {PartState.GOOD}


@PROFILES
def test_no_flipped_bit_stays_unnoticed(tmp_path: Path, profile: Profile) -> None:
    path, whole = tmp_path / "a", make_archive(SMALL, profile=profile)
    for at in range(0, len(whole), 7):
        data = bytearray(whole)
        data[at] ^= 1 << at % 8
        path.write_bytes(data)
        assert quick(path).exit_code == ExitCode.DAMAGED, at


def test_nothing_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = made(tmp_path, big=BIG)
    monkeypatch.delattr(Coding, "decoder")
    assert quick(path).proof is Proof.INTACT


def test_no_more_is_read_than_the_archive_has(tmp_path: Path) -> None:
    path, frames = made(tmp_path, big=BIG)
    report = quick(path)
    assert report.bytes_checked == sum(frames.csize)


def test_damage_is_confined_to_its_frame(tmp_path: Path) -> None:
    path, frames = made(tmp_path, aaa=b"a", big=BIG, zzz=b"z")
    bad = [row for row, size in enumerate(frames.dsize) if size == max(frames.dsize)][1]
    spoil(path, frames.offset[bad] + 30)
    report = quick(path)
    assert (report.proof, report.files, report.good) == (Proof.DAMAGED, 3, 2)
    assert [each.frame for each in report.damaged_frames] == [bad]
    (entry,) = report.entries
    assert entry.path == "big"
    assert entry.stretches[0].end - entry.stretches[0].start == frames.dsize[bad]


def test_what_only_decoding_shows_is_not_seen(tmp_path: Path) -> None:
    """Why quick is not proven: here the digest is of something else."""
    parts = take_apart(make_archive(SMALL))
    parts.digests = bytes(len(parts.digests) - 16) + bytes(range(16))
    path = tmp_path / "a"
    path.write_bytes(put_together(parts))
    assert quick(path).proof is Proof.INTACT
    assert verify(VerifyRequest(str(path)), Control()).proof is Proof.DAMAGED


def test_an_archive_in_volumes(tree: Path, make: Maker, tmp_path: Path) -> None:
    (tree / "noise").write_bytes(os.urandom(9 << 20))
    make(tree, volume_size=1 << 20)
    volumes = sorted(tmp_path.glob("made.tar.zst.*"))
    assert len(volumes) == 10
    assert quick(volumes[0]).proof is Proof.INTACT
    spoil(volumes[4], 1000)
    report = quick(volumes[0])
    assert [each.path for each in report.entries] == ["tree/noise"]


def test_a_bad_spot_of_the_disk_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, frames = made(tmp_path, aaa=b"a", big=BIG)
    pread = SourceFile.pread

    def refuse(self: SourceFile, length: int, offset: int) -> bytes:
        if offset <= frames.offset[3] < offset + length < path.stat().st_size:
            raise ReadFailed(self.path, "input/output error")
        return pread(self, length, offset)

    monkeypatch.setattr(SourceFile, "pread", refuse)
    report = quick(path)
    assert [each.what for each in report.damaged_frames] == ["the disk cannot read a part of it"]
    assert report.good == 1


def test_cancel(tmp_path: Path) -> None:
    path, _ = made(tmp_path, big=BIG)
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        quick(path, control)
