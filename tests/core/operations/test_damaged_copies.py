"""Damaged copies: opened together, and what is found in them."""

from pathlib import Path

import pytest

from tests.core.operations.repairs import archive_of, repaired
from zpack.errors import ArchiveEmpty, SourceMissing
from zpack.jobs import Control
from zpack.operations import Remedy
from zpack.operations.damaged_copies import open_damaged


def test_a_record_is_found(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.tar.zst"
    data = archive_of(root, path, recovery=5)
    path.write_bytes(data[: len(data) - 50])
    control = Control()
    with open_damaged((str(path),), control) as copies:
        assert copies.plan is not None
        assert copies.plan.geometry.percent == 5
        assert copies.plan.restores_all
        assert copies.path == str(path)
    assert control.progress.phase == "looking"
    assert sum(lane.bytes_done for lane in control.progress.lanes) <= len(data)


def test_there_is_none(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.tar.zst"
    archive_of(root, path)
    with open_damaged((str(path),), Control()) as copies:
        assert copies.plan is None
        assert copies.why_not == "it has no recovery record"


def test_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "there").write_bytes(b"x")
    for names, error in ((("there", "gone"), SourceMissing), (("empty", "empty"), ArchiveEmpty)):
        with (
            pytest.raises(error),
            open_damaged(tuple(str(tmp_path / name) for name in names), Control()),
        ):
            pass


@pytest.mark.parametrize("recovery", [None, 5])
def test_an_empty_copy_does_no_harm(root: Path, tmp_path: Path, recovery: int | None) -> None:
    whole = archive_of(root, tmp_path / "x.tar.zst", recovery=recovery)
    for copies in ((b"", whole), (b"", b"", whole)):
        report = repaired(copies[0], tmp_path, *copies[1:])
        assert Path(report.target).read_bytes() == whole
        assert (report.damage.remedy, report.exit_code) == (Remedy.RESTORED, 0)
    assert repaired(whole, tmp_path, b"").damage.remedy is Remedy.NONE_NEEDED
