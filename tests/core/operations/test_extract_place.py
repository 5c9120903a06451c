"""Where an extraction goes."""

import os
import stat
from pathlib import Path

import pytest

from zpack.errors import DestinationUnusable
from zpack.operations import ExtractRequest, Folder
from zpack.operations.extract_place import choose_place

SEVERAL = (b"a", b"b", b"c")


def test_a_new_folder_appears_only_when_settled(tmp_path: Path) -> None:
    place = choose_place(ExtractRequest("x.tar.zst", str(tmp_path / "a" / "new")), SEVERAL, None)
    assert not (tmp_path / "a" / "new").exists()
    os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=place.root))
    place.settle()
    place.close()
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["new"]
    assert (tmp_path / "a" / "new" / "file").exists()
    assert stat.S_IMODE((tmp_path / "a" / "new").stat().st_mode) & 0o700 == 0o700


def test_given_up_it_leaves_nothing(tmp_path: Path) -> None:
    choose_place(ExtractRequest("x.tar.zst", str(tmp_path / "new")), SEVERAL, None).close()
    assert not list(tmp_path.iterdir())


def test_somebody_was_faster(tmp_path: Path) -> None:
    place = choose_place(ExtractRequest("x.tar.zst", str(tmp_path / "new")), SEVERAL, None)
    (tmp_path / "new" / "theirs").mkdir(parents=True)
    with pytest.raises(DestinationUnusable):
        place.settle()
    place.close()
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["theirs"]


def test_straight_into_what_is_there(tmp_path: Path) -> None:
    place = choose_place(ExtractRequest("x.tar.zst", str(tmp_path)), SEVERAL, None)
    assert (place.target, place.staged) == (str(tmp_path), None)
    place.close()


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in Folder:
        request = ExtractRequest("x.tar.zst", str(tmp_path / "file"), folder=folder)
        with pytest.raises(DestinationUnusable):
            choose_place(request, SEVERAL, None)


def test_what_a_killed_extraction_left_is_cleared(tmp_path: Path) -> None:
    left = tmp_path / ".new.0123abcd.zpack-part"
    (left / "half").mkdir(parents=True)
    other = tmp_path / ".newer.0123abcd.zpack-part"
    other.mkdir()
    choose_place(ExtractRequest("x.tar.zst", str(tmp_path / "new")), SEVERAL, None).close()
    assert [path.name for path in tmp_path.iterdir()] == [other.name]


def test_folders_made_on_the_way_go_with_it(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    place = choose_place(
        ExtractRequest("x", str(tmp_path / "there" / "a" / "b" / "c")), SEVERAL, None
    )
    place.close()
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]
