"""Extracting is cancelled or killed: no half of anything is left, and what was there stays."""

import os
import signal
from pathlib import Path

import pytest

from tests.end_to_end.comparing import Found, differences, look
from tests.end_to_end.people import give_away
from tests.end_to_end.programs import zpack
from tests.end_to_end.running import hidden, is_writing, running, stop

_EARLY = "oddities/names/-rf"  # among the first in the archive
_SLOWLY = ("--threads", "1")


@pytest.fixture
def existing(place: Path) -> Path:
    """A folder ``out`` with some of the tree's names in it already, and things of its own."""
    tree = place / "out" / "tree"
    (tree / "oddities" / "names").mkdir(parents=True)
    (tree / _EARLY).write_text("an earlier version\n")
    (tree / "mine.txt").write_text("mine\n")
    (tree / "mine").mkdir()
    give_away(tree.parent)
    return tree


def without_folder_times(root: Path) -> dict[bytes, Found]:
    """What is there; times of folders change as files come and go."""
    return {path: found for path, found in look(root).items() if found.kind != b"d"}


def test_cancelled_into_a_new_folder(place: Path, real_archive: Path) -> None:
    with running("extract", *_SLOWLY, real_archive, "-C", place / "new") as process:
        result = stop(process, signal.SIGINT, once=lambda: is_writing(place))
    assert result.returncode == 130
    assert result.stderr.startswith(b"zpack: Cancelled\n")
    assert os.listdir(place) == []


def test_cancelled_with_its_one_folder_new(place: Path, real_archive: Path) -> None:
    (place / "out").mkdir()
    (place / "out" / "mine.txt").write_text("mine\n")
    give_away(place / "out")
    with running("extract", *_SLOWLY, real_archive, "-C", place / "out") as process:
        result = stop(process, signal.SIGINT, once=lambda: is_writing(place / "out"))
    assert result.returncode == 130
    assert os.listdir(place / "out") == ["mine.txt"]


def test_cancelled_into_a_folder_with_files(existing: Path, real_archive: Path) -> None:
    before, folders = without_folder_times(existing), look(existing).keys()
    arguments = ("--conflict", "skip", *_SLOWLY, real_archive, "-C", existing.parent)
    with running("extract", *arguments) as process:
        result = stop(process, signal.SIGINT, once=(existing / "oddities/names/-rf~").exists)
    assert result.returncode == 130
    assert differences(before, without_folder_times(existing)) == {}
    assert look(existing).keys() == folders
    assert (existing / _EARLY).read_text() == "an earlier version\n"
    assert hidden(existing.parent) == []


def test_cancelled_after_replacing_something(
    existing: Path, real_tree: Path, real_archive: Path
) -> None:
    """What was replaced stays so, whole, and is named; all that was new goes."""
    old, folders = (existing / _EARLY).stat().st_ino, look(existing).keys()
    arguments = ("--conflict", "overwrite", *_SLOWLY, real_archive, "-C", existing.parent)
    with running("extract", *arguments) as process:
        result = stop(process, signal.SIGINT, once=lambda: (existing / _EARLY).stat().st_ino != old)
    assert result.returncode == 130
    assert f"  tree/{_EARLY}" in result.stderr.decode().splitlines()
    assert (existing / _EARLY).read_bytes() == (real_tree / _EARLY).read_bytes()
    assert look(existing).keys() == folders
    assert (existing / "mine.txt").read_text() == "mine\n"


def test_killed(place: Path, real_archive: Path, real_tree: Path) -> None:
    """The next attempt clears away what a killed one had to leave."""
    new = place / "new"
    with running("extract", *_SLOWLY, real_archive, "-C", new) as process:
        result = stop(process, signal.SIGKILL, once=lambda: is_writing(place))
    assert result.returncode == -signal.SIGKILL
    assert not new.exists()
    assert len(hidden(place)) == 1

    zpack("extract", real_archive, "-C", new)
    assert os.listdir(place) == ["new"]
    assert differences(look(real_tree), look(new / "tree")) == {}
