"""Links and folders."""

import os
import tarfile
from pathlib import Path

from tests.core.operations.conftest import Maker
from tests.core.operations.hostile import foreign, member
from zpack.jobs import Control
from zpack.operations import ExtractReport, ExtractRequest, OnConflict, extract


def run(archive: str, out: Path, *members: str) -> ExtractReport:
    request = ExtractRequest(archive, str(out), members, conflict=OnConflict.RENAME)
    return extract(request, Control())


def test_hard_links_in_many_folders_are_one_file(tmp_path: Path, make: Maker) -> None:
    source = tmp_path / "in"
    for number in range(120):  # more folders than are kept open
        (source / f"{number}").mkdir(parents=True)
        if number:
            os.link(source / "0" / "f", source / f"{number}" / "f")
        else:
            (source / "0" / "f").write_text("one file")
    archive = make(source).target
    assert run(archive, tmp_path / "out").links == 119
    assert (tmp_path / "out" / "in" / "0" / "f").stat().st_nlink == 120


def test_links_to_a_file_that_had_to_be_renamed(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_text("new")
    os.link(tmp_path / "in" / "a", tmp_path / "in" / "b")
    archive = make(tmp_path / "in").target
    (tmp_path / "out" / "in").mkdir(parents=True)
    (tmp_path / "out" / "in" / "a").write_text("old")
    run(archive, tmp_path / "out")
    inside = tmp_path / "out" / "in"
    assert (inside / "a").read_text() == "old"
    assert (inside / "b").samefile(inside / "a (2)")


def test_some_links_without_the_file_itself(archive: str, tmp_path: Path) -> None:
    report = run(archive, tmp_path / "out", "tree/sub")
    assert report.problems == ()
    assert (tmp_path / "out" / "tree" / "sub" / "same as a").stat().st_nlink == 1


def test_a_symlink_keeps_its_own_time(tmp_path: Path) -> None:
    link = member("link", tarfile.SYMTYPE, "anywhere", mtime=12345)
    run(foreign(tmp_path / "x.tar.zst", (link, b"")), tmp_path / "out")
    assert (tmp_path / "out" / "link").lstat().st_mtime == 12345


def test_folders_without_an_entry_are_made(tmp_path: Path) -> None:
    run(foreign(tmp_path / "x.tar.zst", (member("a/b/c"), b"deep")), tmp_path / "out")
    assert (tmp_path / "out" / "a" / "b" / "c").read_text() == "deep"


def test_a_deep_tree(tmp_path: Path) -> None:
    name = "/".join(["d"] * 300)
    archive = foreign(tmp_path / "x.tar.zst", (member(f"{name}/f"), b"deep"), (member("d/e"), b""))
    assert run(archive, tmp_path / "out").problems == ()
    assert (tmp_path / "out" / name / "f").read_text() == "deep"


def test_folders_that_were_there_keep_mode_and_time(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").mkdir(mode=0o700)
    (tmp_path / "in" / "f").write_text("x")
    archive = make(tmp_path / "in").target
    there = tmp_path / "out" / "in"
    there.mkdir(parents=True)
    os.chmod(there, 0o775)
    run(archive, tmp_path / "out")
    assert there.stat().st_mode & 0o777 == 0o775


def test_a_link_to_an_older_version_of_a_file_that_came_again(tmp_path: Path) -> None:
    archive = foreign(
        tmp_path / "x.tar.zst",
        (member("a"), b"v1"),
        (member("b", tarfile.LNKTYPE, "a"), b""),
        (member("c", tarfile.LNKTYPE, "b"), b""),
        (member("a"), b"v2"),
    )
    assert run(archive, tmp_path / "out").problems == ()
    contents = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert contents == {"a": b"v2", "b": b"v1", "c": b"v1"}


def test_a_file_that_was_named_twice(tmp_path: Path) -> None:
    archive = foreign(  # as GNU tar does for `tar -cf x.tar d d/f`
        tmp_path / "x.tar.zst",
        (member("d/f"), b"data"),
        (member("d/f", tarfile.LNKTYPE, "d/f"), b""),
    )
    assert run(archive, tmp_path / "out").problems == ()
    assert (tmp_path / "out" / "d" / "f").read_bytes() == b"data"


def test_another_name_of_a_symbolic_link(tmp_path: Path) -> None:
    archive = foreign(
        tmp_path / "x.tar.zst",
        (member("soft", tarfile.SYMTYPE, "anywhere"), b""),
        (member("hard", tarfile.LNKTYPE, "soft"), b""),
    )
    assert run(archive, tmp_path / "out").problems == ()
    assert os.readlink(tmp_path / "out" / "hard") == "anywhere"
