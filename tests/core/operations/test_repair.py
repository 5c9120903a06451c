"""repair: whatever happens, the damaged archive stays and nothing is left behind."""

import os
import random
from pathlib import Path

import pytest

from tests.core.operations.repairs import (
    archive_of,
    repaired,
)
from zpack.errors import NothingToSave
from zpack.jobs import Cancelled, Control
from zpack.operations import Remedy, RepairRequest, repair

ENDINGS = ("tar.zst", "tar.lz4")
ZEROS = bytes(5000)


def test_nothing_is_damaged(plain: tuple[bytes, str], tmp_path: Path) -> None:
    data, ending = plain
    report = repaired(data, tmp_path, ending=ending)
    assert report.damage.remedy is Remedy.NONE_NEEDED
    assert Path(report.target).read_bytes() == data


def test_nothing_can_be_saved(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.tar.zst"
    damaged.write_bytes(random.Random(1).randbytes(100_000))
    with pytest.raises(NothingToSave):
        repair(RepairRequest(str(damaged), str(tmp_path / "fixed.tar.zst")), Control())
    assert os.listdir(tmp_path) == ["damaged.tar.zst"]


def test_cancelled(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.tar.zst"
    archive_of(root, path, recovery=5)
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        repair(RepairRequest(str(path), str(tmp_path / "y.tar.zst")), control)
    assert os.listdir(tmp_path) == ["x.tar.zst"]
