"""What is no archive, or not a whole one, and extracting where it is not possible."""

import os
import zipfile
from pathlib import Path

import pytest

from tests.end_to_end.complaints import assert_explained
from tests.end_to_end.people import give_away
from tests.end_to_end.programs import complaint, run, try_zpack, zpack

_VERBS = ("list", "info", "verify", "extract")


@pytest.fixture
def archive(place: Path) -> Path:
    """A good one, with two files in a folder."""
    folder = place / "folder"
    folder.mkdir()
    for name in ("first", "second"):
        (folder / name).write_bytes(os.urandom(50_000))
    give_away(folder)
    zpack("create", place / "good.tar.zst", folder)
    return place / "good.tar.zst"


def assert_refused(archive: Path, exit_code: int, title: str, *mentioned: str) -> None:
    """By every verb; extraction leaves nothing behind."""
    beside = set(os.listdir(archive.parent))
    for verb in _VERBS:
        where = ("-C", archive.parent / "out") if verb == "extract" else ()
        result = try_zpack(verb, archive, *where)
        assert_explained(result, exit_code, title, archive, *mentioned)
    assert set(os.listdir(archive.parent)) == beside


def test_missing_archive(place: Path) -> None:
    assert_refused(place / "gone.tar.zst", 1, "A file or folder was not found")


def test_a_file_that_is_no_archive(place: Path) -> None:
    path = place / "letter.tar.zst"
    path.write_text("Dear archive,\n" * 100)
    assert_refused(path, 1, "This file is not an archive")


def test_an_empty_file(place: Path) -> None:
    path = place / "empty.tar.zst"
    path.touch()
    assert_refused(path, 4, "This file is empty")


def test_a_folder(place: Path) -> None:
    path = place / "folder.tar.zst"
    path.mkdir()
    assert_refused(path, 1, "This is a folder, not an archive", "compress the folder")


def test_a_zip(place: Path) -> None:
    path = place / "other.tar.zst"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("inside.txt", "inside")
    assert_refused(path, 1, "zpack cannot open zip archives yet", "another program")


def test_a_tar_zst_that_holds_no_tar(place: Path) -> None:
    path = place / "letter.tar.zst"
    (place / "letter").write_text("Dear archive,\n" * 100)
    run("zstd", "-q", place / "letter", "-o", path)
    assert_refused(path, 1, "There is no tar archive inside", "take “.tar” out of its name")


def test_an_archive_without_permission(archive: Path) -> None:
    archive.chmod(0)
    assert_refused(archive, 1, "A file or folder cannot be read", "permission")


def test_an_archive_cut_in_its_first_frame(archive: Path) -> None:
    os.truncate(archive, 1000)
    assert_refused(archive, 4, "This archive is damaged", "cut short")


@pytest.mark.parametrize("cut", [1, 100, 1000])
def test_an_archive_cut_later(cut: int, archive: Path, place: Path) -> None:
    """Every verb tells; what is whole is extracted."""
    os.truncate(archive, archive.stat().st_size - cut)
    for verb in ("list", "info", "verify"):
        result = try_zpack(verb, archive)
        assert result.returncode == 4
        assert str(archive) in complaint(result)
        assert b"Proven" not in result.stdout
    assert try_zpack("extract", archive, "-C", place / "out").returncode == 4
    for name in ("first", "second"):
        ours, theirs = place / "folder" / name, place / "out" / "folder" / name
        assert theirs.read_bytes() == ours.read_bytes()


def test_a_member_that_is_not_there(archive: Path, place: Path) -> None:
    result = try_zpack("extract", archive, "folder/first", "folder/third", "-C", place / "out")
    assert_explained(result, 1, "The archive has no such entry", "folder/third", "list")
    assert not (place / "out").exists()


@pytest.mark.parametrize("inside", ["", "new", "new/deeper"])
def test_extracting_where_nothing_may_be_written(inside: str, archive: Path, place: Path) -> None:
    target = place / "read-only"
    target.mkdir(mode=0o555)
    give_away(target)
    result = try_zpack("extract", archive, "-C", target / inside)
    assert_explained(result, 1, "Nothing can be extracted there", target, "permission")
    assert os.listdir(target) == []


def test_extracting_into_a_file(archive: Path, place: Path) -> None:
    result = try_zpack("extract", archive, "-C", archive)
    assert_explained(result, 1, "Nothing can be extracted there", archive)
    assert b"Proven" in zpack("verify", archive).stdout
