"""Repairing by a recovery record."""

import random
from pathlib import Path

import pytest

from tests.core.operations.repairs import (
    archive_of,
    check_files,
    places,
    repaired,
)
from zpack.jobs import Control
from zpack.operations import InfoRequest, Proof, Remedy, info

ENDINGS = ("tar.zst", "tar.lz4")
ZEROS = bytes(5000)


@pytest.mark.parametrize("ending", ENDINGS)
def test_by_a_record(root: Path, tmp_path: Path, ending: str) -> None:
    whole = archive_of(root, tmp_path / f"x.{ending}", recovery=5)
    chance = random.Random(1)
    for _ in range(3):
        at = chance.randrange(len(whole) - 30_000)
        damaged = whole[:at] + bytes(30_000) + whole[at + 30_000 :]
        report = repaired(damaged, tmp_path, ending=ending)
        assert Path(report.target).read_bytes() == whole
        damage = report.damage
        assert (damage.remedy, damage.proof, damage.lost) == (Remedy.RESTORED, Proof.PROVEN, ())
        assert report.exit_code == 0
        assert any(s.offset <= at < s.offset + s.length for s in damage.damaged) or at > 700_000


def test_more_than_a_record_covers(root: Path, tmp_path: Path) -> None:
    whole = archive_of(root, tmp_path / "x.tar.zst", recovery=1)
    at, _, _ = places(whole)
    report = repaired(whole[:at] + bytes(40_000) + whole[at + 40_000 :], tmp_path)
    assert report.damage.remedy is Remedy.SALVAGED
    assert report.damage.proof is Proof.PROVEN
    assert check_files(report.target, root, tmp_path / "out")
    assert info(InfoRequest(report.target), Control()).recovery_percent == 1


def test_a_share_that_is_lost_has_little_wrong_with_it(root: Path, tmp_path: Path) -> None:
    """A byte in each of more shares than the record covers, that with the beginning of a frame
    among them: files beside those come back."""
    whole = archive_of(root, tmp_path / "x.tar.zst", recovery=1)
    damaged = bytearray(whole)
    for share in range(9):
        damaged[4096 * share + 2000] ^= 1
    report = repaired(bytes(damaged), tmp_path)
    there = check_files(report.target, root, tmp_path / "out")
    lost = {each.path for each in report.damage.lost}
    assert "tree/file 00" in lost
    assert {"tree/file 01", "tree/file 02"} <= there
    assert report.damage.proof is Proof.PROVEN
