"""What few entries have goes along: extended attributes, holes."""

import os
import tarfile
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from tests.core.operations.edits import WITH_TINY, by_tar, check_proven
from tests.core.operations.hostile import foreign, member
from zpack.entries import Attributes
from zpack.jobs import Control
from zpack.operations import (
    DeleteRequest,
    ListRequest,
    RenameRequest,
    delete,
    list_archive,
    presets,
    rename,
)

MIB = 1 << 20


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presets, "PRESETS", WITH_TINY)


def attributes(archive: str, path: bytes) -> Attributes:
    listing = list_archive(ListRequest(archive), Control()).listing
    return listing.attributes(listing.find(path))


def sparse(path: Path, size: int) -> bytes:
    """A file with data at its beginning, in its middle and at its end, and holes between."""
    with path.open("wb") as file:
        for at in (0, size // 2, size - 5000):
            file.seek(at)
            file.write(b"data " * 1000)
    return path.read_bytes()


@pytest.mark.parametrize("size", [MIB, 20 * MIB])
@pytest.mark.parametrize("packed", [False, True])
def test_holes_stay_holes(
    tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch, size: int, packed: bool
) -> None:
    if packed:
        monkeypatch.setattr("zpack.filesystem.holes.PACKED_FROM", MIB // 2)
        monkeypatch.setattr("zpack.native.writer.PACKED_FROM", MIB // 2)
    (tmp_path / "in").mkdir()
    content = sparse(tmp_path / "in" / "sparse", size)
    (tmp_path / "in" / "beside").write_text("beside")
    archive = make(tmp_path / "in", preset="tiny").target
    before = attributes(archive, b"in/sparse")
    assert before.holes is not None
    assert before.holes.packed is packed
    delete(DeleteRequest(archive, ("in/beside",), "tiny"), Control())
    assert attributes(archive, b"in/sparse") == before
    rename(RenameRequest(archive, "in/sparse", "in/" + "n" * 200, "tiny"), Control())
    check_proven(archive)
    assert attributes(archive, b"in/" + b"n" * 200) == before
    found = by_tar(Path(archive), tmp_path / "out").nodes
    assert found[b"in/" + b"n" * 200].content == content


def test_a_carrier_leaves_its_holes_and_attributes_too(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").mkdir()
    content = sparse(tmp_path / "in" / "a", MIB)
    os.setxattr(tmp_path / "in" / "a", "user.colour", b"blue")
    os.link(tmp_path / "in" / "a", tmp_path / "in" / "b")
    archive = make(tmp_path / "in", preset="tiny").target
    before = attributes(archive, b"in/a")
    assert before.extras
    delete(DeleteRequest(archive, ("in/a",), "tiny"), Control())
    check_proven(archive)
    assert attributes(archive, b"in/b") == before
    assert by_tar(Path(archive), tmp_path / "out").nodes[b"in/b"].content == content


def test_more_attributes_than_a_frame_holds(tmp_path: Path) -> None:
    """More than disks keep, but others' archives may have them."""
    much = {f"SCHILY.xattr.user.much{number}": f"{number}" * 3000 for number in range(9)}
    file, folder = member("in/file"), member("in", tarfile.DIRTYPE)
    large = member("in/large")
    for each in (file, folder, large):
        each.pax_headers = much
    members = ((file, b"x"), (large, b"x" * 100_000), (folder, b""))
    archive = foreign(tmp_path / "a.tar.zst", *members)
    names = (b"", b"/file", b"/large")
    before = {name: attributes(archive, b"in" + name) for name in names}
    assert all(len(each.extras) > 27_000 for each in before.values())
    rename(RenameRequest(archive, "in", "there", "tiny"), Control())
    check_proven(archive)
    rename(RenameRequest(archive, "there", "out", "tiny"), Control())
    check_proven(archive)
    for name, expected in before.items():
        assert attributes(archive, b"out" + name) == expected
    delete(DeleteRequest(archive, ("out/large",), "tiny"), Control())
    check_proven(archive)
