"""Requests to repair that make no sense, refused before anything is written."""

from pathlib import Path

import pytest

from tests.core.operations.repairs import (
    archive_of,
)
from zpack.errors import RequestRefused
from zpack.jobs import Control
from zpack.operations import RepairRequest, repair

ENDINGS = ("tar.zst", "tar.lz4")
ZEROS = bytes(5000)


def test_requests_that_make_no_sense(root: Path, tmp_path: Path) -> None:
    path, there = tmp_path / "x.tar.zst", tmp_path / "there.tar.zst"
    archive_of(root / "sub", path)
    there.touch()
    (tmp_path / "link.tar.zst").symlink_to(path)
    codes = {}
    for target in (path, there, tmp_path / "link.tar.zst", tmp_path / "no" / "y.tar.zst", ""):
        with pytest.raises(RequestRefused) as refused:
            repair(RepairRequest(str(path), str(target), overwrite=target != there), Control())
        codes[str(target)] = [fault.code for fault in refused.value.faults]
    assert list(codes.values()) == [
        ["target-is-damaged"],
        ["target-exists"],
        ["target-is-damaged"],
        ["target-unwritable"],
        ["target-nameless"],
    ]
    with pytest.raises(RequestRefused) as refused:
        repair(RepairRequest(str(tmp_path / "gone"), str(tmp_path / "z.tar.zst")), Control())
    assert [fault.code for fault in refused.value.faults] == ["source-missing"]


def test_no_room(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.tar.zst"
    archive_of(root / "sub", path)
    monkeypatch.setattr("zpack.operations.repair_check.free_bytes", lambda folder: 10)
    with pytest.raises(RequestRefused) as refused:
        repair(RepairRequest(str(path), str(tmp_path / "y.tar.zst")), Control())
    assert [fault.code for fault in refused.value.faults] == ["no-room-for-repair"]
