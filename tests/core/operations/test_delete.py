"""delete: what goes, what must stay, and what it costs."""

import os
import random
import subprocess
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from tests.core.operations.edits import WITH_TINY, by_tar, check_proven, listed_by_tar
from zpack.errors import MemberMissing, NothingToChange, RequestRefused
from zpack.jobs import Control
from zpack.operations import DeleteRequest, EditReport, delete, presets


def drop(archive: str, *members: str) -> EditReport:
    return delete(DeleteRequest(archive, members, "tiny"), Control())


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presets, "PRESETS", WITH_TINY)


@pytest.fixture
def many(tmp_path: Path, make: Maker) -> str:
    """An archive of 40 frames, each with files that compress a little."""
    (tmp_path / "many").mkdir()
    chance = random.Random(1)  # no secret
    for number in range(160):
        content = chance.randbytes(2000) + bytes(1000)
        (tmp_path / "many" / f"{number:03}").write_bytes(content)
    return make(tmp_path / "many", preset="tiny").target


def test_one_file_of_many_costs_a_copy_and_one_frame(many: str) -> None:
    size = os.path.getsize(many)
    report = drop(many, "many/080")
    assert (report.removed, report.files) == (1, 159)
    # The frame that it was in, and the one with the folder.
    assert report.bytes_decoded <= 2 * (16 << 10)
    assert report.bytes_copied > size * 0.85
    check_proven(many)
    assert "many/080" not in listed_by_tar(many)


def test_a_whole_frame_that_goes_is_not_even_decoded(many: str, tmp_path: Path, make) -> None:
    whole = drop(many, *(f"many/{number:03}" for number in range(20, 140)))
    assert whole.bytes_decoded <= 3 * (16 << 10)
    check_proven(many)
    assert len(listed_by_tar(many)) == 41


def test_everything(archive: str) -> None:
    report = drop(archive, "tree")
    assert (report.files, report.folders, report.links) == (0, 0, 0)
    check_proven(archive)
    subprocess.run(["zstd", "-tq", archive], check=True)
    assert listed_by_tar(archive) == []


def test_the_carrier_of_a_file_with_two_names(archive: str, tmp_path: Path) -> None:
    drop(archive, "tree/a.txt")
    check_proven(archive)
    found = by_tar(Path(archive), tmp_path / "out").nodes
    assert b"tree/a.txt" not in found
    assert found[b"tree/sub/same as a"].content == b"alpha\n" * 300


def test_three_names(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1").write_text("one")
    for name in ("2", "3"):
        os.link(tmp_path / "in" / "1", tmp_path / "in" / name)
    archive = make(tmp_path / "in").target
    drop(archive, "in/1")
    check_proven(archive)
    found = by_tar(Path(archive), tmp_path / "out").nodes
    assert found[b"in/2"] == found[b"in/3"]
    drop(archive, "in/3")
    assert listed_by_tar(archive) == ["in/2", "in/"]


def test_a_folder_whose_links_lead_out(archive: str) -> None:
    drop(archive, "tree/sub/to a")  # the first of them has a copy of the folder before it
    check_proven(archive)
    assert listed_by_tar(archive).count("tree/sub/") == 1


def test_members_within_members(archive: str) -> None:
    assert drop(archive, "tree/sub/deep", "tree/sub", "tree/sub/").removed == 6
    check_proven(archive)


def test_faults_together(archive: str) -> None:
    before = Path(archive).read_bytes()
    with pytest.raises(RequestRefused) as caught:
        drop(archive, "tree/none", "gone", "", ".", "tree/a.txt/x")
    assert [type(fault) for fault in caught.value.faults] == [MemberMissing] * 4
    with pytest.raises(RequestRefused) as caught:
        drop(archive)
    assert [type(fault) for fault in caught.value.faults] == [NothingToChange]
    assert Path(archive).read_bytes() == before
