"""Paths without their first components, and what comes of it on the disk."""

import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker, snapshot
from tests.core.operations.hostile import foreign, member
from zpack.errors import ExitCode
from zpack.jobs import Control
from zpack.operations import ExtractReport, ExtractRequest, Folder, OnConflict, extract
from zpack.operations.extract_paths import OutputPaths
from zpack.operations.opening import open_for


def run(archive: str, to: Path, count: int, *members: str, **options: object) -> ExtractReport:
    request = ExtractRequest(
        archive,
        str(to),
        members,
        strip_components=count,
        **options,  # type: ignore[arg-type]
    )
    return extract(request, Control())


@pytest.mark.parametrize("count", [0, 1, 2, 3, 9])
def test_paths(archive: str, count: int) -> None:
    with open_for(archive, Control()) as opened:
        paths = OutputPaths(opened.listing, count)
        for row, path in opened.listing.walk():
            rest = b"/".join(path.split(b"/")[count:])
            assert paths.path(row) == rest
            assert (row >= paths.top) == bool(rest)
            assert (row in paths.level) == (bool(rest) and b"/" not in rest)


@pytest.mark.parametrize("there", [False, True])
def test_the_same_as_without_the_folder(
    archive: str, tree: Path, tmp_path: Path, there: bool
) -> None:
    if there:
        (tmp_path / "out").mkdir()
    report = run(archive, tmp_path / "out", 1)
    assert (report.files, report.folders, report.links) == (5, 3, 3)
    assert (report.stripped, report.problems) == (0, ())
    expected, found = snapshot(tree), snapshot(tmp_path / "out")
    del expected["."], found["."]  # what the folder itself was like goes with its name
    assert found == expected


def test_what_vanishes_is_counted(archive: str, tmp_path: Path) -> None:
    report = run(archive, tmp_path / "out", 2)
    assert report.stripped == 4  # three files and a link were directly in the folder
    assert report.exit_code == ExitCode.DONE
    found = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*")}
    assert found == {"deep", "deep/program", "same as a", "to a", "ünï.txt"}


def test_nothing_is_left(archive: str, tmp_path: Path) -> None:
    report = run(archive, tmp_path / "out", 9)
    assert (report.files, report.links, report.stripped) == (0, 0, 8)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_hard_link_to_what_vanished_has_the_data(
    archive: str, tree: Path, tmp_path: Path
) -> None:
    run(archive, tmp_path / "out", 2)
    assert (tmp_path / "out" / "same as a").read_bytes() == (tree / "a.txt").read_bytes()


def test_hard_links_stay_together(tmp_path: Path, make: Maker) -> None:
    for name in ("x", "y"):
        (tmp_path / "in" / name).mkdir(parents=True)
    (tmp_path / "in" / "x" / "one").write_text("shared")
    os.link(tmp_path / "in" / "x" / "one", tmp_path / "in" / "y" / "two")
    run(make(tmp_path / "in").target, tmp_path / "out", 2)
    assert (tmp_path / "out" / "one").samefile(tmp_path / "out" / "two")


def test_as_gnu_tar_does(archive: str, tmp_path: Path) -> None:
    (tmp_path / "tar").mkdir()
    command = ["tar", "--zstd", "-xpf", archive, "-C", tmp_path / "tar", "--strip-components=1"]
    subprocess.run(command, check=True)
    run(archive, tmp_path / "out", 1)
    expected, found = snapshot(tmp_path / "tar"), snapshot(tmp_path / "out")
    del expected["."], found["."]
    assert found == expected


def test_the_gate_decides_on_what_is_left(tmp_path: Path) -> None:
    archive = foreign(
        tmp_path / "x.tar.zst",
        (member("../a"), b"1"),
        (member("ok/../../b"), b"2"),
        (member("/etc/c"), b"3"),
        (member("ok/fine"), b"4"),
    )
    report = run(archive, tmp_path / "deep" / "out", 1)
    assert sorted(p.path for p in report.problems) == ["ok/../../b"]
    assert {p.name for p in (tmp_path / "deep" / "out").iterdir()} == {"a", "c", "fine"}
    assert {p.name for p in (tmp_path / "deep").iterdir()} == {"out"}
    assert run(archive, tmp_path / "two", 2).exit_code == ExitCode.PARTIAL


def test_a_folder_of_its_own_only_for_several_items_that_are_left(
    archive: str, tmp_path: Path, make: Maker, tree: Path
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    assert run(archive, here, 1, folder=Folder.SMART).destination == str(here / "made")
    assert run(archive, here, 1, "tree/sub", folder=Folder.SMART).destination == str(here / "sub")
    merged = foreign(tmp_path / "x.tar.zst", (member("a/same/1"), b"1"), (member("b/same/2"), b"2"))
    assert run(merged, here, 1, folder=Folder.SMART).destination == str(here / "same")
    assert {p.name for p in (here / "same").iterdir()} == {"1", "2"}


def test_links_to_folders_on_the_disk_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "in").symlink_to(tmp_path / "outside")
    archive = foreign(
        tmp_path / "x.tar.zst",
        (member("a/in", tarfile.SYMTYPE, "../outside"), b""),
        (member("b/in/evil"), b"1"),
    )
    report = run(archive, tmp_path / "out", 1, conflict=OnConflict.OVERWRITE)
    assert report.exit_code == ExitCode.PARTIAL
    assert list((tmp_path / "outside").iterdir()) == []
