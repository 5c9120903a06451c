"""Entries that get the same path when the first components are gone."""

import os
import tarfile
from pathlib import Path

import pytest

from tests.core.operations.hostile import foreign, member
from tests.core.operations.test_extract_output import Answering
from tests.core.operations.test_extract_paths import run
from zpack.jobs import Answer, Cancelled, Choice, Control, Outcome
from zpack.operations import ExtractRequest, OnConflict, extract


@pytest.fixture
def twins(tmp_path: Path) -> str:
    """``f`` three times, the last alphabetically first; a hard link to each of two."""
    return foreign(
        tmp_path / "x.tar.zst",
        (member("b/f", mtime=10), b"first"),
        (member("links/one", tarfile.LNKTYPE, "b/f"), b""),
        (member("c/f", mtime=20), b"second"),
        (member("a/f", mtime=30), b"third"),
        (member("links/two", tarfile.LNKTYPE, "a/f"), b""),
    )


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize(
    ("policy", "f"),
    [(OnConflict.SKIP, "first"), (OnConflict.OVERWRITE, "third"), (OnConflict.NEWER, "third")],
)
def test_every_policy(twins: str, tmp_path: Path, there: bool, policy: OnConflict, f: str) -> None:
    out = tmp_path / "out"
    if there:
        out.mkdir()
    report = run(twins, out, 1, conflict=policy)
    found = contents(out)
    assert (found["f"], found["one"]) == (f, "first")
    if policy is OnConflict.SKIP:
        assert (report.skipped, report.files) == (2, 1)
        assert [problem.path for problem in report.problems] == ["links/two"]
    else:
        assert found["two"] == "third"
        assert (report.replaced, report.problems) == (("f", "f"), ())


def test_renamed(twins: str, tmp_path: Path) -> None:
    run(twins, tmp_path / "out", 1, conflict=OnConflict.RENAME)
    out = tmp_path / "out"
    assert contents(out) == {
        "f": "first",
        "f (2)": "second",
        "f (3)": "third",
        "one": "first",
        "two": "third",
    }
    assert (out / "two").samefile(out / "f (3)")


def test_asked_by_the_path_in_the_destination(twins: str, tmp_path: Path) -> None:
    control = Answering(Answer(Choice.SKIP))
    extract(ExtractRequest(twins, str(tmp_path / "out"), strip_components=1), control)
    assert [question.path for question in control.asked] == ["f", "f"]


@pytest.mark.parametrize("there", [False, True])
def test_cancelled_nothing_is_left(twins: str, tmp_path: Path, there: bool) -> None:
    out = tmp_path / "out"
    if there:
        out.mkdir()

    class CancelLate(Control):
        def check(self) -> None:
            if self.progress.outcomes.count(Outcome.DONE) >= 4:
                self.cancel()
            super().check()

    request = ExtractRequest(twins, str(out), conflict=OnConflict.OVERWRITE, strip_components=1)
    with pytest.raises(Cancelled) as caught:
        extract(request, CancelLate())
    assert caught.value.kept == ()
    assert not out.exists() if not there else list(out.iterdir()) == []


def test_folders_that_become_one_look_as_the_last_in_the_archive(tmp_path: Path) -> None:
    def folder(name: str, mode: int, mtime: int) -> tuple[tarfile.TarInfo, bytes]:
        info = member(name, tarfile.DIRTYPE, mtime=mtime)
        info.mode = mode
        return info, b""

    archive = foreign(
        tmp_path / "x.tar.zst",
        folder("b/sub", 0o700, 10),
        (member("b/sub/deep/1"), b"1"),
        folder("a/sub", 0o750, 20),
        (member("a/sub/deep/2"), b"2"),
        (member("c/sub/3"), b"3"),
    )
    report = run(archive, tmp_path / "out", 1)
    found = (tmp_path / "out" / "sub").stat()
    assert (found.st_mode & 0o777, found.st_mtime) == (0o750, 20)
    assert sorted(os.listdir(tmp_path / "out" / "sub")) == ["3", "deep"]
    assert sorted(os.listdir(tmp_path / "out" / "sub" / "deep")) == ["1", "2"]
    assert report.folders == 2


def test_a_file_where_a_folder_is(tmp_path: Path) -> None:
    archive = foreign(tmp_path / "x.tar.zst", (member("a/x"), b"file"), (member("b/x/y"), b"deep"))
    report = run(archive, tmp_path / "out", 1, conflict=OnConflict.OVERWRITE)
    assert (tmp_path / "out" / "x" / "y").read_text() == "deep"
    assert [problem.path for problem in report.problems] == ["a/x"]
