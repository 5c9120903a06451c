"""Choosing by patterns."""

import os
import tarfile
from pathlib import Path

import pytest

from tests.core.operations.hostile import foreign, member
from zpack.errors import ExitCode, RequestRefused
from zpack.jobs import Control
from zpack.operations import ExtractReport, ExtractRequest, extract
from zpack.operations.extract_selection import Selection
from zpack.operations.opening import open_for

ALL = {"a.txt", "b.bin", "dangling", "empty", "none", "sub"}
SUB = {"sub/deep", "sub/deep/program", "sub/same as a", "sub/to a", "sub/ünï.txt"}


def wanted(
    archive: str, *members: str, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()
) -> set[str]:
    with open_for(archive, Control(), every_row=True) as opened:
        selection = Selection(opened, members, 0, include, exclude)
        paths = (path for row, path in opened.listing.walk() if selection.wanted(row))
        return {os.fsdecode(path).removeprefix("tree").removeprefix("/") for path in paths} - {""}


def run(archive: str, to: Path, **options: object) -> ExtractReport:
    return extract(ExtractRequest(archive, str(to), **options), Control())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        (("*.txt",), (), {"a.txt", "sub/ünï.txt"}),
        (("/a.txt",), (), None),
        (("/tree/a.txt",), (), {"a.txt"}),
        (("sub",), (), SUB | {"sub"}),
        (("deep/",), (), {"sub/deep", "sub/deep/program"}),
        (("a.txt/",), (), None),
        (("*.txt", "!a.txt"), (), {"sub/ünï.txt"}),
        ((), ("sub/",), ALL - {"sub"}),
        ((), ("*.txt", "!a.txt"), (ALL | SUB) - {"sub/ünï.txt"}),
        (("sub",), ("deep", "*a"), {"sub", "sub/ünï.txt"}),
        (("*",), (), ALL | SUB),
        ((), ("*",), set()),
    ],
)
def test_patterns(
    archive: str,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    expected: set[str] | None,
) -> None:
    if expected is None:
        with pytest.raises(RequestRefused) as caught:
            wanted(archive, include=include, exclude=exclude)
        assert caught.value.explain().code == "pattern-unmatched"
    else:
        assert wanted(archive, include=include, exclude=exclude) == expected


def test_among_members(archive: str) -> None:
    found = wanted(archive, "tree/sub", include=("*.txt", "program"))
    assert found == {"sub/ünï.txt", "sub/deep/program"}
    with pytest.raises(RequestRefused):
        wanted(archive, "tree/sub", include=("a.txt",))


def test_folders_are_made_only_on_the_way(archive: str, tmp_path: Path) -> None:
    report = run(archive, tmp_path / "out", include=("program",))
    assert (report.files, report.exit_code) == (1, ExitCode.DONE)
    found = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*")}
    assert found == {"tree", "tree/sub", "tree/sub/deep", "tree/sub/deep/program"}


def test_a_link_whose_file_is_excluded_has_the_data(
    archive: str, tree: Path, tmp_path: Path
) -> None:
    report = run(archive, tmp_path / "out", exclude=("a.txt",))
    assert report.problems == ()
    there = tmp_path / "out" / "tree" / "sub" / "same as a"
    assert there.read_bytes() == (tree / "a.txt").read_bytes()
    assert not (tmp_path / "out" / "tree" / "a.txt").exists()


def test_a_pattern_that_matches_nothing_is_said(archive: str, tmp_path: Path) -> None:
    report = run(archive, tmp_path / "out", include=("*.txt", "*.gone", "a.txt"), exclude=("x",))
    assert [problem.code for problem in report.problems] == ["pattern-unmatched"]
    assert "*.gone" in report.problems[0].details
    assert (report.files + report.links, report.exit_code) == (2, ExitCode.PARTIAL)


def test_all_bad_patterns_are_named_before_anything_is_opened(tmp_path: Path) -> None:
    with pytest.raises(RequestRefused) as caught:
        run(str(tmp_path / "gone"), tmp_path / "out", include=("[a",), exclude=("x\\",))
    assert [fault.code for fault in caught.value.faults] == ["bad-pattern"] * 2
    assert caught.value.explain().exit_code == ExitCode.USAGE


def test_names_that_patterns_could_trip_over(tmp_path: Path) -> None:
    names = ("new\nline/x.txt", "-x.txt", "!x.txt", "#x.txt", "a\\b.txt", "[x].txt")
    archive = foreign(tmp_path / "x.tar.zst", *((member(name), b"1") for name in names))
    assert wanted(archive, include=("*.txt",)) == set(names)
    assert wanted(archive, include=(r"\!x.txt", "new*", r"a\\b.txt")) == {
        "!x.txt",
        "new\nline",
        "new\nline/x.txt",
        "a\\b.txt",
    }


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    name = b"not\xffutf8"
    info = member(os.fsdecode(name), tarfile.REGTYPE)
    archive = foreign(tmp_path / "x.tar.zst", (info, b"1"), (member("other"), b"2"))
    assert wanted(archive, include=("not*",)) == {os.fsdecode(name)}
    assert wanted(archive, exclude=(os.fsdecode(name),)) == {"other"}
