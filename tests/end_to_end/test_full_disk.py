"""The disk fills up, or a file may not grow any further: a clear error, and nothing half done."""

import os
from pathlib import Path

import pytest

from tests.end_to_end.complaints import assert_explained
from tests.end_to_end.people import give_away
from tests.end_to_end.programs import ZPACK, Result, attempt, complaint, zpack
from tests.end_to_end.small_disk import SIZE, on_small_disk


@pytest.fixture
def source(place: Path) -> Path:
    """More than the small disk holds, and a small file that comes first."""
    folder = place / "source"
    folder.mkdir()
    (folder / "a.bin").write_bytes(os.urandom(1000))
    (folder / "b.bin").write_bytes(os.urandom(3 * SIZE))
    give_away(folder)
    return folder


@pytest.fixture
def archive(place: Path, source: Path) -> Path:
    zpack("create", place / "a.tar.zst", source)
    return place / "a.tar.zst"


@pytest.fixture
def before(place: Path) -> Path:
    """What the small disk has from the beginning."""
    folder = place / "before"
    folder.mkdir()
    (folder / "old.tar.zst").write_bytes(b"an older archive")
    (folder / "source").mkdir()
    (folder / "source" / "mine.txt").write_text("mine\n")
    return folder


def assert_unchanged(place: Path) -> None:
    before, after = sorted((place / "before").rglob("*")), sorted((place / "after").rglob("*"))
    assert [p.relative_to(place / "after") for p in after] == [
        p.relative_to(place / "before") for p in before
    ]
    assert [p.read_bytes() for p in after if p.is_file()] == [
        p.read_bytes() for p in before if p.is_file()
    ]


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("target", ["new.tar.zst", "old.tar.zst"])
def test_creating(target: str, place: Path, source: Path) -> None:
    result = on_small_disk(place, "create", "--overwrite", target, source)
    assert_explained(result, 1, "The disk is full", target)
    assert_unchanged(place)


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("destination", ["new", "."])
def test_extracting(destination: str, place: Path, archive: Path) -> None:
    """Into a new folder, and into one that has files."""
    result = on_small_disk(place, "extract", "--no-space-check", archive, "-C", destination)
    assert_explained(result, 1, "The disk is full", "source/b.bin")
    assert_unchanged(place)


@pytest.mark.usefixtures("before")
def test_extracting_what_will_not_fit(place: Path, archive: Path) -> None:
    """Told before anything is written."""
    result = on_small_disk(place, "extract", archive, "-C", "new")
    assert result.returncode == 1
    assert "--no-space-check" in complaint(result)
    assert_unchanged(place)


def test_adding(place: Path, before: Path, source: Path) -> None:
    """The archive that was there is whole."""
    give_away(before)
    zpack("create", "--overwrite", before / "old.tar.zst", before / "source")
    result = on_small_disk(place, "add", "old.tar.zst", source / "b.bin")
    assert result.returncode == 1
    assert_unchanged(place)
    assert b"Proven" in zpack("verify", place / "after" / "old.tar.zst").stdout


def with_small_files(*arguments: str | Path) -> Result:
    return attempt("prlimit", f"--fsize={SIZE}", *ZPACK, *arguments)


def test_creating_where_files_may_not_be_large(place: Path, source: Path) -> None:
    target = place / "a.tar.zst"
    result = with_small_files("create", target, source)
    assert_explained(result, 1, "The system would not let zpack go on", target, "too large")
    assert os.listdir(place) == ["source"]


def test_extracting_where_files_may_not_be_large(place: Path, archive: Path) -> None:
    """That concerns one file: the others are extracted."""
    result = with_small_files("extract", archive, "-C", place / "out")
    assert result.returncode == 3
    assert "source/b.bin: it is too large for this disk." in complaint(result)
    assert os.listdir(place / "out" / "source") == ["a.bin"]
