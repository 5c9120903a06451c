"""extract: into new and existing folders, whole or in part, cancelled and damaged."""

import os
import stat
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker, snapshot
from tests.core.operations.hostile import foreign, member
from zpack.errors import ArchiveChanged, ExitCode, RequestRefused
from zpack.filesystem import SourceFile
from zpack.jobs import Cancelled, Control, Outcome, ProgressReader
from zpack.native.tail import read_tail
from zpack.operations import ExtractReport, ExtractRequest, Folder, OnConflict, extract


def run(archive: str, to: Path, *members: str, **options: object) -> ExtractReport:
    request = ExtractRequest(archive, str(to), members, **options)  # type: ignore[arg-type]
    return extract(request, Control())


def test_counts_and_outcomes(archive: str, tmp_path: Path) -> None:
    control = Control()
    report = extract(ExtractRequest(archive, str(tmp_path / "out")), control)
    assert (report.files, report.folders, report.links) == (5, 4, 3)
    assert report.exit_code == ExitCode.DONE
    sample = ProgressReader(control.progress).sample()
    assert sample.bytes_done == sample.bytes_total == report.bytes_out
    assert set(sample.outcomes) == {Outcome.DONE}


def test_folders_that_cannot_be_written_to_keep_their_modes(tmp_path: Path, make: Maker) -> None:
    for mode in (0o555, 0o700, 0o500):
        folder = tmp_path / "in" / f"{mode:o}"
        folder.mkdir(parents=True)
        (folder / "file").write_text("inside")
        os.chmod(folder, mode)
    os.chmod(tmp_path / "in", 0o555)
    before = snapshot(tmp_path / "in")
    archive = make(tmp_path / "in").target
    run(archive, tmp_path / "new")
    (tmp_path / "there").mkdir()
    run(archive, tmp_path / "there")
    assert snapshot(tmp_path / "new" / "in") == before
    assert snapshot(tmp_path / "there" / "in") == before


def test_setuid_setgid_and_sticky_are_not_handed_out(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "x").write_text("x")
    os.chmod(tmp_path / "x", 0o7755)
    run(make(tmp_path / "x").target, tmp_path / "out")
    assert stat.S_IMODE((tmp_path / "out" / "x").stat().st_mode) == 0o755


def test_one_file_and_one_folder(archive: str, tmp_path: Path) -> None:
    run(archive, tmp_path / "file", "tree/sub/ünï.txt")
    assert [p.name for p in (tmp_path / "file").rglob("*")] == ["tree", "sub", "ünï.txt"]
    run(archive, tmp_path / "folder", "tree/sub/deep")
    found = {str(p.relative_to(tmp_path / "folder")) for p in (tmp_path / "folder").rglob("*")}
    assert found == {"tree", "tree/sub", "tree/sub/deep", "tree/sub/deep/program"}


def test_a_hard_link_alone_yields_its_data(archive: str, tree: Path, tmp_path: Path) -> None:
    for name in ("tree/a.txt", "tree/sub/same as a"):
        run(archive, tmp_path / name.replace("/", "-"), name)
        got = tmp_path / name.replace("/", "-") / name
        assert got.read_bytes() == (tree / "a.txt").read_bytes()


def test_a_missing_member_is_refused_before_anything_is_made(archive: str, tmp_path: Path) -> None:
    with pytest.raises(RequestRefused) as caught:
        run(archive, tmp_path / "out", "tree/a.txt", "gone", "tree/gone")
    assert [fault.code for fault in caught.value.faults] == ["member-missing"] * 2
    assert not (tmp_path / "out").exists()


def test_one_file_reads_only_what_it_needs(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").mkdir()
    for number in range(8):
        (tmp_path / "in" / f"{number}").write_bytes(os.urandom(5 << 20))
    archive = make(tmp_path / "in", preset="fast").target
    with SourceFile(archive) as source:
        tail = read_tail(source)
        row = tail.listing.find(b"in/3")
        assert row is not None
        frame = tail.listing.frame[row]
        allowed = source.size - tail.frames.end + tail.frames.csize[frame] + (64 << 10)
    read = []
    real = SourceFile.pread
    try:
        SourceFile.pread = lambda *a: read.append(real(*a)) or read[-1]  # type: ignore[func-returns-value,method-assign]
        run(archive, tmp_path / "out", "in/3")
    finally:
        SourceFile.pread = real  # type: ignore[method-assign]
    assert sum(map(len, read)) <= allowed + (64 << 10)


def test_smart_folder(tree: Path, tmp_path: Path, make: Maker) -> None:
    (tmp_path / "one").write_text("1")
    (tmp_path / "here").mkdir()
    single = make(tree, target="single.tar.zst").target
    several = make(tree, tmp_path / "one", target="several.tar.zst").target
    here = tmp_path / "here"
    assert run(single, here, folder=Folder.SMART).destination == str(here / "tree")
    assert run(several, here, folder=Folder.SMART).destination == str(here / "several")
    assert run(several, here, folder=Folder.SMART).destination == str(here / "several (2)")
    assert run(single, here, folder=Folder.ALWAYS).destination == str(here / "single")
    assert {p.name for p in here.iterdir()} == {"tree", "several", "several (2)", "single"}


@pytest.mark.parametrize("there", [False, True])
def test_cancel_takes_back_what_was_new(archive: str, tmp_path: Path, there: bool) -> None:
    out = tmp_path / "out"
    if there:
        (out / "tree").mkdir(parents=True)
        (out / "tree" / "a.txt").write_text("mine")
        (out / "tree" / "other").write_text("mine too")
    before = snapshot(tmp_path)

    class CancelLate(Control):
        def check(self) -> None:
            if self.progress.outcomes.count(Outcome.DONE) >= 4:
                self.cancel()
            super().check()

    request = ExtractRequest(archive, str(out), conflict=OnConflict.OVERWRITE)
    with pytest.raises(Cancelled) as caught:
        extract(request, CancelLate())
    after = snapshot(tmp_path)
    assert {k: v[2] for k, v in after.items() if k not in caught_names(caught.value.kept)} == {
        k: v[2] for k, v in before.items() if k not in caught_names(caught.value.kept)
    }


def caught_names(kept: tuple[str, ...]) -> set[str]:
    return {f"out/{name}" for name in kept}


def test_damaged_files_are_left_out_and_the_rest_comes(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").mkdir()
    for number in range(4):
        (tmp_path / "in" / f"{number}").write_bytes(os.urandom(5 << 20))
    archive = make(tmp_path / "in", preset="fast").target
    with SourceFile(archive) as source:
        frames = read_tail(source).frames
    with open(archive, "r+b") as file:
        file.seek(frames.offset[2] + frames.csize[2] // 2)
        file.write(os.urandom(100))
    report = run(archive, tmp_path / "out")
    assert report.exit_code == ExitCode.DAMAGED
    left_out = {problem.path for problem in report.problems}
    whole = {f"in/{p.name}" for p in (tmp_path / "out" / "in").iterdir()}
    assert len(left_out) == 1
    assert whole == {f"in/{n}" for n in range(4)} - left_out
    for name in whole:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / name).read_bytes()


def test_an_archive_that_changes_meanwhile(archive: str, tmp_path: Path) -> None:
    class Meddler(Control):
        def check(self) -> None:
            os.utime(archive)

    with pytest.raises(ArchiveChanged):
        extract(ExtractRequest(archive, str(tmp_path / "out")), Meddler())
    assert not (tmp_path / "out").exists()


def test_by_gnu_tar(tree: Path, tmp_path: Path) -> None:
    archive = tmp_path / "tar.tar.zst"
    subprocess.run(
        ["tar", "--format=pax", "--zstd", "-cf", archive, "-C", tmp_path, "tree"], check=True
    )
    report = run(str(archive), tmp_path / "out")
    assert report.problems == ()
    assert snapshot(tmp_path / "out" / "tree") == snapshot(tree)


@pytest.mark.parametrize("name", ["same", "same.tar.zst"])
@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.DIRTYPE])
def test_smart_folder_for_what_is_called_as_the_archive(
    tmp_path: Path, name: str, kind: bytes
) -> None:
    archive = foreign(tmp_path / name, (member(name, kind), b""))
    before = Path(archive).read_bytes()
    report = run(archive, tmp_path, folder=Folder.SMART, conflict=OnConflict.OVERWRITE)
    own = tmp_path / ("same" if name.endswith("zst") else "same contents")
    assert report.destination == str(own)
    assert (own / name).exists()
    assert Path(archive).read_bytes() == before


def test_smart_folder_classics(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    two = ((member("a/1"), b"1"), (member("b/2"), b"2"))
    for name, members, made in (
        ("two.tar.zst", two, "two"),
        ("dot..tar.zst", two, "dot"),
        ("dots. . .tzst", two, "dots"),
        (".tar.zst", two, ".tar.zst contents"),
        ("file.tar.zst", ((member("file"), b"1"),), ""),
        ("only.tar.zst", ((member("only/1"), b"1"),), "only"),
        ("only.tar.zst", ((member("./only/2"), b"2"),), ""),  # which is there by now
        ("trailing.tar.zst", ((member("ends in dot./1"), b"1"),), "ends in dot."),
        ("nothing.tar.zst", ((member("./", tarfile.DIRTYPE), b""),), ""),
    ):
        archive = foreign(tmp_path / name, *members)
        report = run(archive, here, folder=Folder.SMART)
        assert report.destination == str(here / made).rstrip("/"), name
        assert report.problems == (), name
    assert {path.name for path in here.iterdir()} == {
        *("two", "dot", "dots", ".tar.zst contents", "file", "only", "ends in dot.")
    }
