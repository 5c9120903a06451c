"""Names of one file that are replaced, or gone, between the scan and the reading."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.operations.test_create_files import create_with
from zpack.jobs import Control
from zpack.operations import ExtractRequest, Originals, extract


def replace(path: Path, text: str) -> None:
    """As editors save: a new file takes the name."""
    path.with_suffix(".new").write_text(text)
    path.with_suffix(".new").rename(path)


def become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """One file with three names; ``a`` comes first, so it carries the content."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_text("old")
    for name in "bc":
        os.link(tmp_path / "in" / "a", tmp_path / "in" / name)
    return tmp_path / "in"


CASES: dict[str, tuple[Callable[[Path], None], dict[str, str], list[set[str]], list[str]]] = {
    "nothing": (lambda _: None, {"a": "old", "b": "old", "c": "old"}, [{"a", "b", "c"}], []),
    "another name": (
        lambda source: replace(source / "c", "new"),
        {"a": "old", "b": "old", "c": "new"},
        [{"a", "b"}, {"c"}],
        [],
    ),
    "the first": (
        lambda source: replace(source / "a", "new"),
        {"a": "new", "b": "old", "c": "old"},
        [{"a"}, {"b", "c"}],
        [],
    ),
    "the first is gone": (
        lambda source: (source / "a").unlink(),
        {"b": "old", "c": "old"},
        [{"b", "c"}],
        ["unreadable"],
    ),
    "another is gone": (
        lambda source: (source / "b").unlink(),
        {"a": "old", "c": "old"},
        [{"a", "c"}],
        ["unreadable"],
    ),
    "another is a folder": (
        lambda source: become_folder(source / "b"),
        {"a": "old", "c": "old"},
        [{"a", "c"}],
        ["unreadable"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_name_has_the_content_that_it_has(tmp_path: Path, source: Path, case: str) -> None:
    meddle, contents, groups, expected = CASES[case]
    target, problems, _ = create_with(tmp_path, lambda: meddle(source))
    assert problems == expected
    extract(ExtractRequest(target, str(tmp_path / "out")), Control())
    made = {path.name: path for path in (tmp_path / "out" / "in").iterdir()}
    assert {name: path.read_text() for name, path in made.items()} == contents
    inodes = {name: path.stat().st_ino for name, path in made.items()}
    found = [{n for n in inodes if inodes[n] == inode} for inode in dict.fromkeys(inodes.values())]
    assert sorted(found, key=min) == groups


def test_originals_that_were_read_go(tmp_path: Path, source: Path) -> None:
    target, problems, _ = create_with(
        tmp_path, lambda: replace(source / "a", "new"), originals=Originals.DELETE
    )
    assert problems == []
    assert not source.exists()
    extract(ExtractRequest(target, str(tmp_path / "out")), Control())
    assert (tmp_path / "out" / "in" / "b").read_text() == "old"
