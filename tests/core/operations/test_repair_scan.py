"""Saving files where there is no index."""

import subprocess
from pathlib import Path

import pytest

from tests.core.operations.repairs import (
    FILES,
    archive_of,
    check_files,
    places,
    proof_of,
    repaired,
)
from zpack.operations import Proof, Remedy

ENDINGS = ("tar.zst", "tar.lz4")
ZEROS = bytes(5000)


def test_cut_off(plain: tuple[bytes, str], root: Path, tmp_path: Path) -> None:
    data, ending = plain
    at, end, index = places(data)
    for length in (at, end, index + 20):
        report = repaired(data[:length], tmp_path, ending=ending)
        assert report.damage.proof is Proof.PROOF_LOST
        assert proof_of(report.target).proof is Proof.PROOF_LOST
        there = check_files(report.target, root, tmp_path / f"out {length}")
        assert "tree/file 00" in there
        lost = {each.path for each in report.damage.lost}
        assert not lost & there
        assert (len(there) < FILES + 2) == (length == at)
        assert report.exit_code == 3


def test_a_hole_in_the_middle_too(root: Path, tmp_path: Path) -> None:
    data = archive_of(root, tmp_path / "x.tar.zst")
    at, end, _ = places(data)
    report = repaired(data[:at] + ZEROS + data[at + 5000 : end], tmp_path)
    there = check_files(report.target, root, tmp_path / "out")
    assert {"tree/file 00", f"tree/file {FILES - 1:02}"} <= there
    assert FILES - 5 <= len(there) < FILES + 2
    assert report.damage.proof is Proof.PROOF_LOST


def test_by_others_in_many_frames(root: Path, tmp_path: Path) -> None:
    """Cut anywhere, not where entries begin."""
    tar = tmp_path / "x.tar"
    subprocess.run(["tar", "-cf", tar, "-C", root.parent, "tree"], check=True)
    frames = [
        subprocess.run(["zstd", "-qc"], input=piece, check=True, capture_output=True).stdout
        for piece in (tar.read_bytes()[at : at + 100_000] for at in range(0, 800_000, 100_000))
    ]
    damaged = [*frames[:2], b"gone", *frames[3:5], bytes(9), *frames[6:]]
    report = repaired(b"".join(damaged), tmp_path)
    there = check_files(report.target, root, tmp_path / "out")
    assert len(there) >= FILES - 5
    assert report.damage.remedy is Remedy.SALVAGED


def test_head_and_tail_gone(root: Path, tmp_path: Path) -> None:
    data = archive_of(root, tmp_path / "x.tar.zst")
    at, end, _ = places(data)
    report = repaired(data[at:end], tmp_path)
    assert check_files(report.target, root, tmp_path / "out")
    assert report.damage.proof is Proof.PROOF_LOST
    assert report.damage.doubtful == ()


def test_copies_that_are_cut_off_differently(root: Path, tmp_path: Path) -> None:
    data = archive_of(root, tmp_path / "x.tar.zst")
    at, _, index = places(data)
    report = repaired(data[:at], tmp_path, ZEROS * 10 + data[50_000:index])
    assert report.damage.lost == ()
    assert len(check_files(report.target, root, tmp_path / "out")) == FILES + 2


@pytest.mark.parametrize("program", ["--zstd", "-Ilz4 -B4"])
def test_by_other_programs(root: Path, tmp_path: Path, program: str) -> None:
    target = tmp_path / "x"
    subprocess.run(["tar", program, "-cf", target, "-C", root.parent, "tree"], check=True)
    data, ending = target.read_bytes(), ENDINGS[program == "-Ilz4 -B4"]
    whole = repaired(data, tmp_path, ending=ending)
    assert whole.damage.remedy is Remedy.NONE_NEEDED
    assert Path(whole.target).read_bytes() == data
    cut = repaired(data[: len(data) // 2], tmp_path, ending=ending)
    assert cut.damage.remedy is Remedy.SALVAGED
    there = check_files(cut.target, root, tmp_path / "out")
    assert len(there) >= FILES // 3
    assert set(cut.damage.doubtful) <= there
    assert cut.damage.doubtful
    assert len(cut.damage.lost) == 1


def test_nothing_vouches_for_another_name_of_a_doubtful_file(root: Path, tmp_path: Path) -> None:
    data = archive_of(root, tmp_path / "x.tar.lz4")
    _, end, _ = places(data)
    report = repaired(data[:end], tmp_path, ending="tar.lz4")
    there = check_files(report.target, root, tmp_path / "out")
    assert {"tree/small", "tree/sub/hard"} <= there
    assert set(report.damage.doubtful) == there
