"""Names and metadata, hard links, and what an enemy would have compared."""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.operations.comparing import found, run
from tests.core.operations.hostile import foreign, indexed, member
from zpack.entries import Kind
from zpack.errors import ExitCode
from zpack.jobs import Control
from zpack.operations import Aspect, CreateReport, ListRequest, list_archive


def test_a_folder_stands_for_what_is_in_it(either: str, tree: Path, tmp_path: Path) -> None:
    shutil.rmtree(tree / "sub")
    (tree / "more" / "inside").mkdir(parents=True)
    report = run(either, tmp_path, ignore=(Aspect.MTIME, Aspect.OWNER))
    assert found(report) == {"tree/sub": "missing", "tree/more": "new"}
    (tree / "sub").write_text("a file now")
    assert found(run(either, tmp_path, ignore=(Aspect.MTIME,)))["tree/sub"] == "kind"
    assert "tree/sub/deep" not in found(run(either, tmp_path))


def test_owners_only_when_asked(archive: str, tree: Path, tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give files away")
    os.chown(tree / "none", 12345, -1)
    assert run(archive, tmp_path).differences == ()
    assert found(run(archive, tmp_path, ignore=())) == {"tree/none": "owner"}


def test_formats_of_whole_seconds(tree: Path, tmp_path: Path) -> None:
    target = tmp_path / "gnu.tar.zst"
    subprocess.run(
        ["tar", "--zstd", "--format=gnu", "-cf", target, "-C", tmp_path, "tree"], check=True
    )
    assert run(str(target), tmp_path).differences == ()
    os.utime(tree / "none", (0, 0))
    assert found(run(str(target), tmp_path)) == {"tree/none": "mtime"}


class TestHardLinks:
    def test_read_once(self, either: str, tmp_path: Path) -> None:
        content = "alpha\n" * 300 + "b" * 256 * 40 + "names are not ASCII" + "#!/bin/sh\n"
        assert run(either, tmp_path).bytes_read == len(content)

    def test_a_change_shows_under_each_name(self, either: str, tree: Path, tmp_path: Path) -> None:
        with (tree / "a.txt").open("r+b") as file:
            file.write(b"x")
        report = run(either, tmp_path, ignore=(Aspect.MTIME, Aspect.OWNER))
        assert found(report) == {"tree/a.txt": "content", "tree/sub/same as a": "content"}

    @pytest.mark.parametrize("same", [True, False])
    def test_a_file_of_its_own(self, either: str, tree: Path, tmp_path: Path, same: bool) -> None:
        listing = list_archive(ListRequest(either), Control()).listing
        row = next(row for row, kind in enumerate(listing.kind) if kind == Kind.HARD_LINK)
        name = os.fsdecode(listing.path(row))
        link = tmp_path / name
        shutil.copy2(link, tmp_path / "copy")
        link.unlink()
        shutil.move(tmp_path / "copy", link)
        if not same:
            with link.open("r+b") as file:
                file.write(b"x")
        report = run(either, tmp_path, ignore=(Aspect.MTIME, Aspect.OWNER))
        assert found(report) == {name: "link" if same else "content,link"}

    def test_one_name_alone(self, either: str, tree: Path, tmp_path: Path) -> None:
        (tree / "a.txt").write_bytes(b"another")
        (tree / "sub" / "same as a").unlink()
        (tree / "sub" / "same as a").write_bytes(b"ALPHA\n" * 300)
        report = run(
            either, tmp_path, members=("tree/sub/same as a",), ignore=(Aspect.MTIME, Aspect.OWNER)
        )
        assert found(report) == {"tree/sub/same as a": "content"}

    def test_to_nothing(self, tmp_path: Path) -> None:
        archive = indexed(tmp_path / "x.tar.zst", b"a", link=(b"l", b"gone"))
        (tmp_path / "a").write_bytes(b"evil\n")
        (tmp_path / "l").write_bytes(b"evil\n")
        report = run(archive, tmp_path, ignore=(Aspect.MTIME, Aspect.OWNER, Aspect.MODE))
        assert [problem.path for problem in report.problems] == ["l"]
        assert report.exit_code == ExitCode.DAMAGED


class TestHostile:
    def test_names_that_lead_out_are_refused(self, tmp_path: Path) -> None:
        folder = tmp_path / "inside" / "folder"
        folder.mkdir(parents=True)
        (tmp_path / "inside" / "secret").write_bytes(b"evil\n")
        archive = foreign(
            tmp_path / "x.tar.zst",
            (member("../secret"), b"evil\n"),
            (member(str(tmp_path / "inside" / "secret")), b"evil\n"),
            (member("good"), b"evil\n"),
        )
        report = run(archive, folder)
        assert found(report) == {"good": "missing"}  # not the folders on the way either
        assert {problem.code for problem in report.problems} == {"refused"}
        assert (report.bytes_read, report.same) == (0, 0)

    def test_links_on_disk_are_not_followed(self, archive: str, tree: Path, tmp_path: Path) -> None:
        outside = tmp_path / "outside"
        shutil.move(tree / "sub", outside)
        (tree / "sub").symlink_to(outside)
        (tree / "b.bin").rename(tmp_path / "moved")
        (tree / "b.bin").symlink_to(tmp_path / "moved")
        report = run(archive, tmp_path, ignore=(Aspect.MTIME, Aspect.OWNER))
        assert found(report) == {"tree/sub": "kind", "tree/b.bin": "kind"}

    def test_a_fifo_in_place_of_a_file(self, archive: str, tree: Path, tmp_path: Path) -> None:
        (tree / "b.bin").unlink()
        os.mkfifo(tree / "b.bin")
        os.mkfifo(tree / "pipe")
        report = run(archive, tmp_path, ignore=(Aspect.MTIME, Aspect.OWNER))
        assert found(report) == {"tree/b.bin": "kind", "tree/pipe": "new"}


class TestAttributes:
    @pytest.fixture
    def marked(self, tree: Path, make: Callable[..., CreateReport]) -> str:
        try:
            os.setxattr(tree / "b.bin", "user.colour", b"red")
            os.setxattr(tree / "sub", "user.colour", b"blue")
        except OSError:
            pytest.skip("this disk keeps no extended attributes")
        return make(tree).target

    def test_only_when_asked(self, marked: str, tree: Path, tmp_path: Path) -> None:
        assert run(marked, tmp_path, ignore=()).differences == ()
        os.setxattr(tree / "b.bin", "user.colour", b"green")
        os.removexattr(tree / "sub", "user.colour")
        os.setxattr(tree / "sub" / "deep" / "program", "user.new", b"")
        assert run(marked, tmp_path).differences == ()
        assert found(run(marked, tmp_path, ignore=())) == {
            "tree/b.bin": "xattrs",
            "tree/sub": "xattrs",
            "tree/sub/deep/program": "xattrs",
        }

    def test_those_of_a_file_that_cannot_be_opened(
        self, marked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(folder: int, name: bytes) -> int:
            raise PermissionError(13, "no")

        monkeypatch.setattr("zpack.operations.compare_tree.open_file", refuse)
        report = run(marked, tmp_path, ignore=(Aspect.CONTENT,))
        assert {problem.code for problem in report.problems} == {"not-compared"}


def test_a_device_with_other_numbers_is_another(tmp_path: Path) -> None:
    null, one = os.stat("/dev/null"), os.stat("/dev/zero")
    archive = foreign(
        tmp_path / "x.tar.zst",
        (member("null", tarfile.CHRTYPE, devmajor=1, devminor=3, mode=0o666), b""),
        (member("zero", tarfile.CHRTYPE, devmajor=1, devminor=9, mode=0o666), b""),
    )
    assert (os.minor(null.st_rdev), os.minor(one.st_rdev)) == (3, 5)
    ignore = (Aspect.MTIME, Aspect.OWNER, Aspect.XATTRS)
    assert found(run(archive, Path("/dev"), ignore=ignore)) == {"zero": "kind"}
