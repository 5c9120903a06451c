"""create without what is not wanted, and wishes that make no sense."""

import subprocess
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from zpack.errors import ExitCode, RequestRefused
from zpack.operations import CreateRequest
from zpack.operations.create_exclusions import exclusions_of


def names(archive: str) -> list[str]:
    listed = subprocess.run(
        ["tar", "--zstd", "-tf", archive], capture_output=True, check=True, text=True
    )
    return sorted(set(listed.stdout.splitlines()))  # preludes are listed twice


def test_left_out_is_counted_and_no_problem(tree: Path, make: Maker) -> None:
    report = make(tree, exclude=("*.txt", "deep/"))
    assert names(report.target) == [
        *("tree/", "tree/b.bin", "tree/dangling", "tree/empty/", "tree/none", "tree/sub/"),
        *("tree/sub/same as a", "tree/sub/to a"),
    ]
    assert (report.excluded, report.exit_code) == (3, ExitCode.DONE)


def test_a_list_of_patterns(tree: Path, make: Maker, tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"# comment\r\n\r\n*\r\n!tree\n!a.txt\n")
    report = make(tree, exclude_from=(str(tmp_path / "list"),))
    assert names(report.target) == ["tree/", "tree/a.txt"]


def test_gnu_tar_leaves_out_the_same_of_version_control(
    tree: Path, make: Maker, tmp_path: Path
) -> None:
    for name in (".git", ".svn", "sub/.hg", "sub/CVS", "sub/RCS"):
        (tree / name).mkdir()
        (tree / name / "x").touch()
    report = make(tree, exclude_vcs=True)
    plain = tmp_path / "plain.tar.zst"
    command = ["tar", "--zstd", "-cf", plain, "--exclude-vcs", "-C", tmp_path, "tree"]
    subprocess.run(command, check=True)
    assert names(report.target) == names(str(plain))


def test_every_fault_is_told(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x\n" * (1 << 20))
    lists = tuple(str(tmp_path / name) for name in ("gone", "large", ""))
    request = CreateRequest(
        str(tmp_path / "x"), ("/",), exclude=("[a", "fine", "x\\"), exclude_from=lists
    )
    with pytest.raises(RequestRefused) as caught:
        exclusions_of(request)
    codes = [fault.code for fault in caught.value.faults]
    assert codes == ["patterns-unreadable"] * 3 + ["bad-pattern"] * 2


def test_too_many_patterns(tmp_path: Path) -> None:
    (tmp_path / "many").write_bytes(b"x\n" * 5000)
    request = CreateRequest("x", ("/",), exclude_from=(str(tmp_path / "many"),))
    with pytest.raises(RequestRefused, match="more than"):
        exclusions_of(request)


def test_nothing_is_left(tree: Path, make: Maker, tmp_path: Path) -> None:
    with pytest.raises(RequestRefused) as caught:
        make(tree, exclude=("tree",))
    assert [fault.code for fault in caught.value.faults] == ["everything-excluded"]
    assert [path.name for path in tmp_path.iterdir()] == ["tree"]
