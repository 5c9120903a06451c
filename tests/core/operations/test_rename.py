"""rename: paths, links, large files."""

import os
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from tests.core.operations.edits import FRAME, WITH_TINY, by_tar, check_proven, listed_by_tar
from zpack.errors import BadName, IntoItself, MemberMissing, NameTaken, NoFolder, RequestRefused
from zpack.jobs import Control
from zpack.operations import EditReport, RenameRequest, presets, rename


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presets, "PRESETS", WITH_TINY)


def move(archive: str, member: str, new: str) -> EditReport:
    return rename(RenameRequest(archive, member, new, "tiny", latest=9), Control())


def refused(archive: str, member: str, new: str) -> list[type]:
    before = Path(archive).read_bytes()
    with pytest.raises(RequestRefused) as caught:
        move(archive, member, new)
    assert Path(archive).read_bytes() == before
    return [type(fault) for fault in caught.value.faults]


def test_a_folder_with_all_below_it(archive: str, tmp_path: Path) -> None:
    before = by_tar(Path(archive), tmp_path / "before").nodes
    report = move(archive, "tree", "a/wood/")
    assert (report.moved, report.added) == (12, 1)
    check_proven(archive)
    after = by_tar(Path(archive), tmp_path / "after")
    for path, node in before.items():
        found = after.nodes[b"a/wood" + path.removeprefix(b"tree")]
        assert (found.content, found.target) == (node.content, node.target)
    assert len(after.nodes) == len(before) + 1


def test_the_carrier_of_a_file_with_two_names(archive: str, tmp_path: Path) -> None:
    move(archive, "tree/a.txt", "tree/z.txt")
    check_proven(archive)
    found = by_tar(Path(archive), tmp_path / "out").nodes
    assert found[b"tree/z.txt"] == found[b"tree/sub/same as a"]


@pytest.mark.parametrize("new", ["n", "n" * 200, "ü"])
def test_a_large_file_is_not_decoded_as_a_whole(tmp_path: Path, make: Maker, new: str) -> None:
    content = os.urandom(20 * FRAME)
    (tmp_path / "large").write_bytes(content)
    archive = make(tmp_path / "large", preset="tiny").target
    report = move(archive, "large", new)
    assert report.bytes_decoded == FRAME
    assert report.bytes_copied > 19 * FRAME
    check_proven(archive)
    found = by_tar(Path(archive), tmp_path / "out").nodes
    assert found[os.fsencode(new)].content == content


def test_not_utf8(archive: str) -> None:
    move(archive, "tree/none", "tree/not\udcff")
    check_proven(archive)
    assert "tree/not\\377" in listed_by_tar(archive)
    move(archive, "tree/not\udcff", "tree/none")
    assert "tree/none" in listed_by_tar(archive)


@pytest.mark.parametrize(
    ("member", "new", "fault"),
    [
        ("tree", "tree/sub/x", IntoItself),
        ("tree", "tree", NameTaken),
        ("tree/none", "tree/sub", NameTaken),
        ("tree/none", "tree/a.txt/x", NoFolder),
        ("gone", "x", MemberMissing),
        ("", "x", MemberMissing),
        ("tree/none", "../x", BadName),
        ("tree/none", "/x", BadName),
        ("tree/none", "", BadName),
        ("tree/none", "a\0b", BadName),
        ("tree/none", "n" * 256, BadName),
        ("tree/none", "d/" * 5000 + "x", BadName),
    ],
)
def test_refused(archive: str, member: str, new: str, fault: type) -> None:
    assert fault in refused(archive, member, new)


def test_faults_together(archive: str) -> None:
    assert refused(archive, "gone", "../x") == [MemberMissing, BadName]
