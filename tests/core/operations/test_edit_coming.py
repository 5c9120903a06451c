"""What comes from the disk while it changes there."""

import os
from pathlib import Path

import pytest

from tests.core.operations.edits import check_proven, listed_by_tar
from zpack.errors import ReplacementUnreadable
from zpack.jobs import Control
from zpack.operations import AddRequest, EditReport, add


class Meddler(Control):
    """Does something when the scan is over and files are read."""

    def __init__(self, meddle) -> None:
        super().__init__()
        self._meddle = meddle

    def check(self) -> None:
        if self.progress.phase == "editing" and self._meddle is not None:
            self._meddle()
            self._meddle = None
        super().check()


def put(archive: str, source: Path, meddle, **options: object) -> EditReport:
    request = AddRequest(archive, (str(source),), **options)  # type: ignore[arg-type]
    return add(request, Meddler(meddle))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for name in ("1", "2"):
        (folder / name).write_text(name)
    return folder


def test_a_file_that_is_gone(archive: str, source: Path) -> None:
    report = put(archive, source, (source / "1").unlink)
    assert [problem.code for problem in report.problems] == ["unreadable"]
    assert (report.exit_code, report.added) == (3, 2)
    check_proven(archive)
    assert [each for each in listed_by_tar(archive) if "source" in each] == ["source/2", "source/"]


def test_both_names_of_a_file_that_is_gone(archive: str, source: Path) -> None:
    os.link(source / "1", source / "3")

    def remove() -> None:
        (source / "1").unlink()
        (source / "3").unlink()

    report = put(archive, source, remove)
    assert [problem.code for problem in report.problems] == ["unreadable"] * 2
    check_proven(archive)


def test_a_replacement_that_is_gone(archive: str, source: Path) -> None:
    put(archive, source, None)
    before = Path(archive).read_bytes()
    with pytest.raises(ReplacementUnreadable, match="source/2"):
        put(archive, source, (source / "2").unlink, replace=True)
    assert Path(archive).read_bytes() == before


@pytest.mark.parametrize("name", ["1", "3"])
def test_one_of_two_names_that_another_program_replaced(
    archive: str, source: Path, name: str
) -> None:
    """It is never taken for what it was."""
    os.link(source / "1", source / "3")

    def replace() -> None:
        (source / "new").write_text("new")
        (source / "new").rename(source / name)

    report = put(archive, source, replace)
    (problem,) = report.problems
    assert (problem.code, Path(problem.path).name) == ("unreadable", "3")
    assert "another program replaced it" in problem.details
    check_proven(archive)
    assert "source/3" not in listed_by_tar(archive)
