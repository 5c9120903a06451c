"""doctor: what the machine and the disk can do."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.core.filesystem.ordinary_user import ordinary_user
from zpack.errors import ExitCode, RequestRefused, SourceMissing
from zpack.filesystem import try_disk
from zpack.jobs import Control
from zpack.operations import DoctorReport, DoctorRequest, doctor
from zpack.operations.doctor_report import Component
from zpack.version import __version__


def run(path: Path) -> DoctorReport:
    return doctor(DoctorRequest(str(path)), Control())


def test_it_leaves_nothing_behind(tmp_path: Path) -> None:
    report = run(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert report.path == str(tmp_path)
    assert report.exit_code is ExitCode.DONE
    assert Component("zpack", __version__) in report.components


def test_it_tells_the_truth_about_the_disk(tmp_path: Path) -> None:
    disk = run(tmp_path).disk
    (tmp_path / "file").write_bytes(b"x")
    assert disk.writable
    assert disk.hard_links == _can(lambda: os.link(tmp_path / "file", tmp_path / "link"))
    assert disk.xattrs == _can(lambda: os.setxattr(tmp_path / "file", "user.x", b"1"))
    assert disk.case_sensitive == (not (tmp_path / "FILE").exists())
    name = "n" * (disk.longest_name or 0)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(OSError, match="too long"):
        (tmp_path / f"{name}n").write_bytes(b"")


def _can(attempt: object) -> bool:
    try:
        attempt()  # type: ignore[operator]
    except OSError:
        return False
    return True


def test_what_is_missing_is_a_note_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(95, "Operation not supported")

    for name in ("link", "symlink", "setxattr", "getxattr", "fsync"):
        monkeypatch.setattr(os, name, refuse)
    report = run(tmp_path)
    missing = {note.ability for note in report.notes}
    assert missing >= {"hard_links", "symlinks", "xattrs", "acls", "folder_sync"}
    assert report.exit_code is ExitCode.DONE


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RequestRefused) as refused:
        run(tmp_path / "gone")
    assert [fault.code for fault in refused.value.faults] == [SourceMissing.code]


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RequestRefused):
        run(tmp_path / "file")


def test_where_nothing_can_be_written() -> None:
    with tempfile.TemporaryDirectory(prefix="zpack-test-") as folder:
        os.chmod(folder, 0o555)
        with ordinary_user():
            report = run(Path(folder))
    assert not report.disk.writable
    assert report.disk.hard_links is None
    assert report.disk.longest_name
    assert [note.ability for note in report.notes] == ["writable"]


def test_what_a_killed_one_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".zpack-doctor.0123abcd.zpack-part" / "x").mkdir(parents=True)
    try_disk(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
