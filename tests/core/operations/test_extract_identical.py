"""What is there already with the same content is no conflict."""

import os
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker, snapshot
from tests.core.operations.hostile import foreign, member
from tests.core.operations.test_extract_output import Answering
from zpack.errors import ExitCode
from zpack.jobs import Answer, Cancelled, Choice, Control
from zpack.operations import ExtractReport, ExtractRequest, OnConflict, extract


def run(
    archive: str, out: Path, policy: OnConflict, control: Control | None = None
) -> ExtractReport:
    return extract(ExtractRequest(archive, str(out), conflict=policy), control or Control())


@pytest.fixture
def out(archive: str, tmp_path: Path) -> Path:
    """Where the archive has been extracted to already."""
    run(archive, tmp_path / "out", OnConflict.SKIP)
    return tmp_path / "out"


@pytest.mark.parametrize("policy", [OnConflict.ASK, OnConflict.RENAME])
def test_a_second_time_nothing_is_done(archive: str, out: Path, policy: OnConflict) -> None:
    before = snapshot(out)
    inodes = {path: path.lstat().st_ino for path in out.rglob("*")}
    control = Answering(Answer(Choice.OVERWRITE))
    report = run(archive, out, policy, control)
    assert (report.identical, report.files, report.links, report.skipped) == (8, 0, 0, 0)
    assert (control.asked, report.exit_code) == ([], ExitCode.DONE)
    assert snapshot(out) == before
    assert {path: path.lstat().st_ino for path in out.rglob("*")} == inodes


def test_what_differs_is_asked(archive: str, out: Path) -> None:
    (out / "tree" / "none").write_text("more")
    old = (out / "tree" / "a.txt").read_text()
    (out / "tree" / "a.txt").unlink()
    (out / "tree" / "a.txt").write_text(old.replace("alpha", "ALPHA"))  # of the same size
    control = Answering(Answer(Choice.SKIP))
    report = run(archive, out, OnConflict.ASK, control)
    assert {question.path for question in control.asked} == {"tree/none", "tree/a.txt"}
    assert all(question.same_content is False for question in control.asked)
    assert {question.new_size for question in control.asked} == {0, 1800}
    assert (report.identical, report.skipped) == (6, 2)


def test_skip_and_overwrite_do_not_look(archive: str, out: Path) -> None:
    assert run(archive, out, OnConflict.SKIP).identical == 0
    report = run(archive, out, OnConflict.OVERWRITE)
    assert (report.identical, report.files) == (0, 5)


def test_newer_brings_mode_and_time_up_to_date(archive: str, tree: Path, out: Path) -> None:
    file, link = out / "tree" / "sub" / "ünï.txt", out / "tree" / "dangling"
    inode = file.stat().st_ino
    os.chmod(file, 0o600)
    for path in (file, link):
        os.utime(path, (5, 5), follow_symlinks=False)
    report = run(archive, out, OnConflict.NEWER)
    assert (report.identical, report.skipped, report.replaced) == (2, 6, ())
    assert snapshot(out / "tree") == snapshot(tree)
    assert file.stat().st_ino == inode


def test_newer_leaves_the_metadata_of_what_is_not_older(archive: str, out: Path) -> None:
    file = out / "tree" / "none"
    os.chmod(file, 0o600)
    run(archive, out, OnConflict.NEWER)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_with_names_elsewhere_is_replaced_not_changed(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "f").write_text("same")
    archive = make(tmp_path / "in").target
    (tmp_path / "out" / "in").mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.write_text("same")
    os.chmod(outside, 0o600)
    os.utime(outside, (5, 5))
    os.link(outside, tmp_path / "out" / "in" / "f")
    report = run(archive, tmp_path / "out", OnConflict.NEWER)
    assert (report.identical, report.replaced) == (0, ("in/f",))
    assert (outside.stat().st_mtime, outside.stat().st_mode & 0o777) == (5, 0o600)


def test_links_on_the_disk_are_not_followed(archive: str, out: Path, tree: Path) -> None:
    file = out / "tree" / "sub" / "deep" / "program"
    file.unlink()
    file.symlink_to(tree / "sub" / "deep" / "program")
    control = Answering(Answer(Choice.SKIP))
    run(archive, out, OnConflict.ASK, control)
    assert [question.path for question in control.asked] == ["tree/sub/deep/program"]
    assert control.asked[0].same_content is None


def test_without_digests_only_sizes_tell(tmp_path: Path) -> None:
    archive = foreign(tmp_path / "x.tar.zst", (member("a"), b"same"), (member("b"), b"longer"))
    out = tmp_path / "out"
    out.mkdir()
    for name in "ab":
        (out / name).write_text("same")
    control = Answering(Answer(Choice.SKIP))
    run(archive, out, OnConflict.ASK, control)
    told = {question.path: question.same_content for question in control.asked}
    assert told == {"a": None, "b": False}


def test_a_file_that_grows_meanwhile_is_not_read_on(
    archive: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    real = os.read

    def endless(fd: int, length: int) -> bytes:
        piece = real(fd, length) or b"x" * length
        read.append(len(piece))
        return piece

    monkeypatch.setattr(os, "read", endless)
    control = Answering(Answer(Choice.SKIP))
    run(archive, out, OnConflict.ASK, control)
    assert len(control.asked) == 5  # every file
    assert sum(read) < 200_000


def test_cancel_while_it_looks(archive: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    control = Control()
    real = os.read
    monkeypatch.setattr(os, "read", lambda *a: control.cancel() or real(*a))
    before = snapshot(out)
    with pytest.raises(Cancelled):
        run(archive, out, OnConflict.ASK, control)
    assert snapshot(out) == before
