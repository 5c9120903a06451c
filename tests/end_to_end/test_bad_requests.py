"""Creating what cannot be created: a clear error, the right exit code, nothing left behind."""

import os
from pathlib import Path

import pytest

from tests.end_to_end.complaints import assert_explained
from tests.end_to_end.people import give_away
from tests.end_to_end.programs import complaint, try_zpack, zpack


@pytest.fixture
def source(place: Path) -> Path:
    """A folder with a file and a folder."""
    folder = place / "source"
    (folder / "inner").mkdir(parents=True)
    (folder / "good.txt").write_text("good\n")
    (folder / "inner" / "deep.txt").write_text("deep\n")
    give_away(folder)
    return folder


def contents(archive: Path) -> list[str]:
    return zpack("list", archive).stdout.decode().splitlines()


def test_missing_source(place: Path, source: Path) -> None:
    result = try_zpack("create", "a.tar.zst", source, "no such file", cwd=place)
    assert_explained(result, 1, "A file or folder was not found", "no such file")
    assert os.listdir(place) == ["source"]


def test_all_faults_are_told_at_once(place: Path) -> None:
    target = Path("no such folder") / "a.tar.zst"
    result = try_zpack("create", target, "first", "second", "--preset", "odd", cwd=place)
    names = ("“odd”", "first", "second", target)
    assert_explained(result, 1, "4 things are in the way", *names)


def test_unreadable_file_is_left_out(place: Path, source: Path) -> None:
    secret = source / "inner" / "secret.txt"
    secret.write_text("secret\n")
    secret.chmod(0)
    give_away(secret)
    result = try_zpack("create", place / "a.tar.zst", source)
    assert result.returncode == 3
    assert f"{secret}: you do not have permission." in complaint(result)
    assert contents(place / "a.tar.zst") == [
        "source/",
        "source/good.txt",
        "source/inner/",
        "source/inner/deep.txt",
    ]
    assert b"Proven" in zpack("verify", place / "a.tar.zst").stdout


def test_unreadable_folder_is_left_out(place: Path, source: Path) -> None:
    (source / "inner").chmod(0)
    result = try_zpack("create", place / "a.tar.zst", source)
    assert result.returncode == 3
    assert f"{source / 'inner'}: you do not have permission." in complaint(result)
    assert "source/good.txt" in contents(place / "a.tar.zst")
    assert "source/inner/deep.txt" not in contents(place / "a.tar.zst")
    assert b"Proven" in zpack("verify", place / "a.tar.zst").stdout


def test_target_inside_source(source: Path) -> None:
    target = source / "inner" / "a.tar.zst"
    result = try_zpack("create", target, source)
    assert_explained(result, 1, "The archive would contain itself", target, source)
    assert os.listdir(source / "inner") == ["deep.txt"]


def test_target_is_the_source(source: Path) -> None:
    target = source / "good.txt"
    result = try_zpack("create", "--overwrite", target, target)
    assert_explained(result, 1, "The archive would contain itself", target)
    assert target.read_text() == "good\n"


def test_no_permission_for_the_targets_folder(place: Path, source: Path) -> None:
    place.chmod(0o555)
    target = place / "a.tar.zst"
    result = try_zpack("create", target, source)
    assert_explained(result, 1, "The archive cannot be saved there", target, "permission")
    assert os.listdir(place) == ["source"]


def test_no_folder_for_the_target(place: Path, source: Path) -> None:
    target = place / "nowhere" / "a.tar.zst"
    result = try_zpack("create", target, source)
    assert_explained(result, 1, "The archive cannot be saved there", target, "does not exist")


def test_target_is_a_folder(place: Path, source: Path) -> None:
    (place / "folder").mkdir()
    result = try_zpack("create", "--overwrite", place / "folder", source)
    assert_explained(result, 1, "There is already a folder of that name", place / "folder")
    assert os.listdir(place / "folder") == []


def test_target_exists(place: Path, source: Path) -> None:
    target = place / "a.tar.zst"
    target.write_bytes(b"precious\0")
    before = target.stat()
    result = try_zpack("create", target, source)
    assert_explained(result, 1, "There is already a file of that name", target, "--overwrite")
    after = target.stat()
    assert target.read_bytes() == b"precious\0"
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert sorted(os.listdir(place)) == ["a.tar.zst", "source"]


def test_unknown_preset(place: Path, source: Path) -> None:
    result = try_zpack("create", place / "a.tar.zst", source, "--preset", "odd")
    assert_explained(result, 2, "There is no such preset", "“odd”", "fast, balanced, best")
    assert os.listdir(place) == ["source"]


def test_level_out_of_range(place: Path, source: Path) -> None:
    result = try_zpack("create", place / "a.tar.zst", source, "--level", "99")
    assert_explained(result, 2, "That is not how it is used", "99", "from 1 to 22")
    assert os.listdir(place) == ["source"]


@pytest.mark.parametrize(
    "arguments", [("create",), ("create", "a.tar.zst"), ("extract",), ("squash",), ("list", "--x")]
)
def test_wrong_usage(arguments: tuple[str, ...], place: Path) -> None:
    result = try_zpack(*arguments, cwd=place)
    assert_explained(result, 2, "That is not how it is used", "--help")
    assert os.listdir(place) == []


def test_no_arguments() -> None:
    result = try_zpack()
    assert result.returncode == 2
    assert b"usage: zpack" in result.stdout + result.stderr
