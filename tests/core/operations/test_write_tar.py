"""A tar of chosen entries, as other programs read it."""

import io
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker, snapshot
from tests.core.operations.hostile import foreign, member
from zpack.errors import EntryDamaged
from zpack.filesystem import SourceFile
from zpack.jobs import Control
from zpack.native.tail import read_tail
from zpack.operations import PipeReport, PipeRequest, write_contents, write_tar


def run(archive: str, *members: str, **options: object) -> tuple[bytes, PipeReport]:
    out = io.BytesIO()
    request = PipeRequest(archive, members, **options)  # type: ignore[arg-type]
    report = write_tar(request, out, Control())
    return out.getvalue(), report


def names_in(data: bytes) -> list[str]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return tar.getnames()


def unpack(data: bytes, to: Path) -> Path:
    to.mkdir()
    subprocess.run(["tar", "-xpf", "-", "-C", to], input=data, check=True)
    return to


def test_gnu_tar_makes_the_same_tree(archive: str, tree: Path, tmp_path: Path) -> None:
    data, report = run(archive)
    assert snapshot(unpack(data, tmp_path / "out") / "tree") == snapshot(tree)
    assert (report.files, report.folders, report.links) == (5, 4, 3)


def test_of_an_archive_by_gnu_tar(tree: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "tar.tar.zst"
    command = ["tar", "--format=gnu", "--zstd", "-cf", foreign, "-C", tmp_path, "tree"]
    subprocess.run(command, check=True)
    made, expected = (
        snapshot(unpack(run(str(foreign))[0], tmp_path / "out") / "tree"),
        snapshot(tree),
    )
    assert made.keys() == expected.keys()
    for name, (mode, mtime, content, same) in expected.items():
        assert made[name] == (mode, mtime // 10**9 * 10**9, content, same)


def test_chosen_and_stripped(archive: str, tree: Path, tmp_path: Path) -> None:
    data, report = run(archive, "tree/sub", exclude=("deep",), strip_components=1)
    assert set(names_in(data)) == {"sub", "sub/same as a", "sub/to a", "sub/ünï.txt"}
    assert report.problems == ()
    out = unpack(data, tmp_path / "out")
    assert (out / "sub" / "same as a").read_bytes() == (tree / "a.txt").read_bytes()


def test_links_name_what_is_there(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_text("shared")
    for name in "bc":
        os.link(tmp_path / "in" / "a", tmp_path / "in" / name)
    data, report = run(make(tmp_path / "in").target, "in/b", "in/c")
    assert (report.files, report.links) == (1, 1)
    out = unpack(data, tmp_path / "out")
    assert (out / "in" / "b").samefile(out / "in" / "c")
    assert not (out / "in" / "a").exists()


def test_nothing_unsafe_is_passed_on(tmp_path: Path) -> None:
    archive = foreign(
        tmp_path / "x.tar.zst",
        (member("../a"), b"1"),
        (member("/b"), b"2"),
        (member("lost", tarfile.LNKTYPE, "nowhere"), b""),
        (member("ok"), b"3"),
    )
    data, report = run(archive)
    assert names_in(data) == ["ok"]
    codes = sorted(problem.code for problem in report.problems)
    assert codes == ["link-target-missing", "refused", "refused"]


def test_damage_leaves_the_tar_without_an_end(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "big").write_bytes(os.urandom(20 << 20))
    archive = make(tmp_path / "big", preset="fast").target
    with SourceFile(archive) as source:
        frames = read_tail(source).frames
    with open(archive, "r+b") as file:
        file.seek(frames.offset[1] + frames.csize[1] // 2)
        file.write(os.urandom(100))
    out = io.BytesIO()
    with pytest.raises(EntryDamaged):
        write_tar(PipeRequest(archive), out, Control())
    (tmp_path / "out").mkdir()
    done = subprocess.run(
        ["tar", "-xf", "-", "-C", tmp_path / "out"],
        input=out.getvalue(),
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0


def test_holes_are_zeros(tmp_path: Path) -> None:
    file = tmp_path / "sparse"
    with file.open("wb") as sparse:
        sparse.write(b"start")
        sparse.seek(3 << 20)
        sparse.write(b"end")
        sparse.truncate(5 << 20)
    archive = tmp_path / "x.tar.zst"
    command = ["tar", "--format=pax", "-S", "--zstd", "-cf", archive, "-C", tmp_path, "sparse"]
    subprocess.run(command, check=True)
    assert (unpack(run(str(archive))[0], tmp_path / "out") / "sparse").read_bytes() == (
        file.read_bytes()
    )
    contents = io.BytesIO()
    write_contents(PipeRequest(str(archive)), contents, Control())
    assert contents.getvalue() == file.read_bytes()
