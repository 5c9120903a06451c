"""assess_damage: tells what would come back, and writes nothing."""

import os
from pathlib import Path

import pytest

from tests.core.operations.repairs import archive_of, places
from zpack.errors import ArchiveEmpty, SourceMissing
from zpack.jobs import Control
from zpack.operations import AssessDamageRequest, DamageReport, Proof, Remedy, assess_damage

ZEROS = bytes(5000)


def assessed(path: Path, data: bytes, *copies: Path) -> DamageReport:
    path.write_bytes(data)
    before = sorted(os.listdir(path.parent))
    report = assess_damage(AssessDamageRequest(str(path), tuple(map(str, copies))), Control())
    assert sorted(os.listdir(path.parent)) == before
    assert path.read_bytes() == data
    return report


def test_what_a_record_covers(root: Path, tmp_path: Path) -> None:
    data = archive_of(root, tmp_path / "x.tar.zst", recovery=5)
    report = assessed(tmp_path / "x.tar.zst", data[:9000] + ZEROS + data[14_000:])
    assert (report.remedy, report.proof) == (Remedy.RESTORED, Proof.PROVEN)
    assert report.recovery_percent == 5
    assert report.exit_code == 0
    (stretch,) = report.damaged
    assert stretch.offset <= 9000
    assert stretch.offset + stretch.length >= 14_000
    assert "tree/file 00" in report.hit


def test_what_it_does_not_cover(root: Path, tmp_path: Path) -> None:
    data = archive_of(root, tmp_path / "x.tar.zst", recovery=1)
    at, _, _ = places(data)
    report = assessed(tmp_path / "x.tar.zst", data[:at] + bytes(60_000) + data[at + 60_000 :])
    assert report.remedy is Remedy.SALVAGED
    assert report.lost
    assert report.exit_code == 3


def test_nothing(tmp_path: Path) -> None:
    report = assessed(tmp_path / "x.tar.zst", b"noise" * 999)
    assert (report.remedy, report.proof, report.files) == (Remedy.HOPELESS, Proof.DAMAGED, 0)
    assert report.exit_code == 4


def test_in_a_folder_that_must_not_be_written_to(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = archive_of(root, tmp_path / "x.tar.zst", recovery=5)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    report = assessed(tmp_path / "x.tar.zst", data[:9000] + ZEROS + data[14_000:])
    assert report.remedy is Remedy.RESTORED


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        assess_damage(AssessDamageRequest(str(tmp_path / "gone")), Control())
    with pytest.raises(ArchiveEmpty):
        assessed(tmp_path / "x.tar.zst", b"")
