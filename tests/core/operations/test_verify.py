"""verify: every state of proof, and damage told to the file."""

import os
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.operations.hostile import foreign, member
from zpack.errors import ArchiveDamaged, ExitCode, NotATar, RequestRefused, ZpackError
from zpack.filesystem import SourceFile
from zpack.jobs import Cancelled, Control, Outcome
from zpack.native.tail import read_tail
from zpack.operations import (
    Depth,
    ExtractRequest,
    Proof,
    VerifyReport,
    VerifyRequest,
    extract,
    verify,
)


def check(path: "str | Path", control: Control | None = None) -> VerifyReport:
    return verify(VerifyRequest(str(path)), control or Control())


def test_proven(archive: str) -> None:
    control = Control()
    report = check(archive, control)
    assert (report.proof, report.exit_code) == (Proof.PROVEN, ExitCode.DONE)
    assert report.files == report.good == 8
    assert control.progress.outcomes.count(Outcome.DONE) == 12


def test_an_empty_archive_is_proven(tmp_path: Path, make: "object") -> None:
    (tmp_path / "nothing").mkdir()
    report = make(tmp_path / "nothing")  # type: ignore[operator]
    assert check(report.target).proof is Proof.PROVEN


def test_damage_names_the_files_and_the_place(archive: str) -> None:
    with SourceFile(archive) as source:
        frames = read_tail(source).frames
    with open(archive, "r+b") as file:
        file.seek(frames.offset[0] + frames.csize[0] // 2)
        file.write(b"\xff\x00\xff\x00")
    report = check(archive)
    assert (report.proof, report.exit_code) == (Proof.DAMAGED, ExitCode.DAMAGED)
    assert {problem.code for problem in report.problems} == {"damaged", "archive-damaged"}
    assert all(p.path.startswith("tree/") for p in report.problems if p.code == "damaged")
    assert report.good < report.files


def test_cut_after_the_tar_is_proof_lost(archive: str) -> None:
    with SourceFile(archive) as source:
        end = read_tail(source).frames.end
    os.truncate(archive, end)
    subprocess.run(["zstd", "-tq", archive], check=True)  # others see nothing wrong
    report = check(archive)
    assert (report.proof, report.exit_code) == (Proof.PROOF_LOST, ExitCode.DAMAGED)
    assert [problem.code for problem in report.problems] == ["proof-lost"]


def test_without_its_beginning_it_is_not_taken_for_a_tar_by_others(archive: str) -> None:
    with SourceFile(archive) as source:
        frames = read_tail(source).frames
    data = Path(archive).read_bytes()
    Path(archive).write_bytes(data[frames.offset[1] :])
    report = check(archive)
    assert (report.proof, report.exit_code) == (Proof.DAMAGED, ExitCode.DAMAGED)


def test_a_refused_index_is_damage(archive: str) -> None:
    with open(archive, "r+b") as file:
        file.seek(-30, os.SEEK_END)
        file.write(b"\xff")
    assert check(archive).proof is Proof.DAMAGED


def test_archives_by_others_are_checked_or_readable(tree: Path, tmp_path: Path) -> None:
    tar = tmp_path / "by-tar.tar"
    subprocess.run(["tar", "-cf", tar, "-C", tmp_path, "tree"], check=True)
    for option, proof in (("--check", Proof.CHECKED), ("--no-check", Proof.READABLE)):
        target = tmp_path / f"by-tar{option}.tar.zst"
        subprocess.run(["zstd", "-q", option, tar, "-o", target], check=True)
        report = check(target)
        assert (report.proof, report.files, report.problems) == (proof, 8, ())


def test_a_truncated_archive_by_others_is_damaged(tmp_path: Path) -> None:
    contents = os.urandom(400_000), os.urandom(400_000)
    path = foreign(tmp_path / "x.tar.zst", *zip((member("a"), member("b")), contents, strict=True))
    os.truncate(path, 600_000)
    report = check(path)
    assert report.proof is Proof.DAMAGED
    os.truncate(path, 3000)
    with pytest.raises(ArchiveDamaged):
        check(path)


def test_a_hard_link_to_nothing_is_damage(tmp_path: Path) -> None:
    path = foreign(tmp_path / "x.tar.zst", (member("link", tarfile.LNKTYPE, "gone"), b""))
    assert [problem.path for problem in check(path).problems] == ["link"]


def test_what_is_no_archive(tmp_path: Path) -> None:
    plain = tmp_path / "plain.tar.zst"
    subprocess.run(["zstd", "-q", "-", "-o", plain], input=b"no tar" * 200, check=True)
    with pytest.raises(NotATar):
        check(plain)
    for content in (b"", b"hello", b"PK\x03\x04" + bytes(100)):
        (tmp_path / "other").write_bytes(content)
        with pytest.raises(ZpackError):
            check(tmp_path / "other")


def test_cancel(archive: str) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        check(archive, control)


def test_against_the_folder_it_was_made_of(archive: str, tree: Path) -> None:
    request = VerifyRequest(archive, against=str(tree.parent))
    report = verify(request, Control())
    assert (report.proof, report.exit_code) == (Proof.PROVEN, ExitCode.DONE)
    assert (report.folder, report.differences) == (str(tree.parent), ())
    assert report.same == 12
    (tree / "a.txt").write_text("other")
    (tree / "new").write_text("new")
    report = verify(request, Control())
    assert (report.proof, report.exit_code) == (Proof.PROVEN, ExitCode.PARTIAL)
    assert {each.path for each in report.differences} >= {"tree/a.txt", "tree/new"}


def test_against_tells_which_damaged_files_the_disk_still_has(archive: str, tree: Path) -> None:
    with SourceFile(archive) as source:
        frames = read_tail(source).frames
    with open(archive, "r+b") as file:
        file.seek(frames.offset[0] + frames.csize[0] // 2)
        file.write(b"\xff\x00\xff\x00")
    report = verify(VerifyRequest(archive, against=str(tree.parent)), Control())
    assert report.exit_code == ExitCode.DAMAGED
    assert report.entries
    assert report.differences == ()  # what is on the disk has the digests of what was put in


def test_against_a_folder_quickly_by_the_digests(archive: str, by_tar: str, tree: Path) -> None:
    request = VerifyRequest(archive, against=str(tree.parent), depth=Depth.QUICK)
    report = verify(request, Control())
    assert (report.proof, report.same, report.differences) == (Proof.INTACT, 12, ())
    (tree / "a.txt").write_text("beta!\n" * 300)
    assert verify(request, Control()).exit_code == ExitCode.PARTIAL
    # Without an index nothing can be compared that is not unpacked.
    report = verify(replace(request, archive=by_tar), Control())
    assert (report.proof, report.depth) == (Proof.CHECKED, Depth.FULL)
    assert "tree/a.txt" in {each.path for each in report.differences}


def test_against_a_folder_that_is_not_there_is_refused_before_anything(archive: str) -> None:
    control = Control()
    with pytest.raises(RequestRefused):
        verify(VerifyRequest(archive, against="/nowhere/at/all"), control)
    assert control.progress.phase == ""


def test_a_damaged_file_is_damaged_under_each_of_its_names(tmp_path: Path, make: "object") -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_bytes(os.urandom(300_000))
    os.link(tmp_path / "in" / "a", tmp_path / "in" / "b")
    archive = make(tmp_path / "in").target  # type: ignore[operator]
    with open(archive, "r+b") as file:
        file.seek(100_000)
        file.write(b"damage")
    report = check(archive)
    damaged = sorted(p.path for p in report.problems if p.code == "damaged")
    assert (damaged, report.files, report.good) == (["in/a", "in/b"], 2, 0)
    extracted = extract(ExtractRequest(archive, str(tmp_path / "out")), Control())
    assert sorted(p.path for p in extracted.problems if p.code == "damaged") == ["in/a", "in/b"]
