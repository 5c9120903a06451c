"""Which rows an extraction takes."""

import os
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from tests.core.operations.hostile import foreign, member
from zpack.entries import Kind
from zpack.errors import RequestRefused
from zpack.jobs import Control
from zpack.operations import ExtractRequest, extract
from zpack.operations.extract_selection import Selection
from zpack.operations.opening import open_for


def wanted(archive: str, *members: str) -> set[str]:
    with open_for(archive, Control()) as opened:
        selection = Selection(opened, members)
        listing = opened.listing
        return {os.fsdecode(path) for row, path in listing.walk() if selection.wanted(row)}


def test_a_folder_means_all_below_it(archive: str) -> None:
    below = {"tree/sub", "tree/sub/deep", "tree/sub/deep/program", "tree/sub/same as a"}
    assert wanted(archive, "tree/sub") == below | {"tree/sub/to a", "tree/sub/ünï.txt"}
    assert wanted(archive, "./tree//sub/deep/") == {"tree/sub/deep", "tree/sub/deep/program"}


def test_nothing_named_means_everything(archive: str) -> None:
    with open_for(archive, Control()) as opened:
        selection = Selection(opened, ())
        assert selection.is_everything
        assert len(selection.of_kind(Kind.FILE)) == 5


def test_folders_on_the_way_are_made_but_not_wanted(archive: str) -> None:
    with open_for(archive, Control()) as opened:
        selection = Selection(opened, ("tree/sub/deep/program",))
        folders = [opened.listing.path(row) for row in selection.folders()]
        assert folders == [b"tree", b"tree/sub", b"tree/sub/deep"]
        assert not any(selection.wanted(row) for row in selection.folders())
        assert [opened.listing.path(row) for row in selection.top_rows()] == [b"tree"]


def test_all_missing_members_are_named(archive: str) -> None:
    with open_for(archive, Control()) as opened, pytest.raises(RequestRefused) as caught:
        Selection(opened, ("tree", "x", "tree/y"))
    assert [fault.path for fault in caught.value.faults] == ["x", "tree/y"]


def test_what_lies_in_an_unsafe_folder_is_refused_with_it(tmp_path: Path) -> None:
    archive = foreign(
        tmp_path / "x.tar.zst", (member("../a"), b"1"), (member("ok/b"), b"2"), (member("/c"), b"3")
    )
    with open_for(archive, Control()) as opened:
        selection = Selection(opened, ())
        assert sorted(problem.path for problem in selection.refused) == ["../a", "c"]
    assert wanted(archive) == {"ok", "ok/b"}


@pytest.mark.parametrize("member", ["", "/", "."])
def test_an_empty_name_is_no_member(archive: str, member: str) -> None:
    with open_for(archive, Control()) as opened, pytest.raises(RequestRefused):
        Selection(opened, (member,))


def test_one_of_many_asks_the_gate_only_about_its_own_path(
    tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    for number in range(300):
        (folder / f"{number}.txt").write_text("text")
    packed = make(tmp_path / "in").target
    asked: list[bytes] = []

    def watched(path: bytes) -> str | None:
        asked.append(path)
        return None

    monkeypatch.setattr("zpack.operations.extract_selection.unsafe_reason", watched)
    extract(ExtractRequest(packed, str(tmp_path / "out"), ("in/deep/7.txt",)), Control())
    assert sorted(asked) == [b"7.txt", b"deep", b"in"]
