"""Disks that do not tell how much is free; those that do are in ``test_limits``."""

import os
from pathlib import Path

import pytest

from zpack.jobs import Control
from zpack.operations import ExtractRequest, extract


def test_a_disk_that_does_not_tell_is_not_full(
    archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fstatvfs", lambda fd: os.statvfs_result([0] * 10))
    report = extract(ExtractRequest(archive, str(tmp_path / "out")), Control(attended=False))
    assert report.files == 5
