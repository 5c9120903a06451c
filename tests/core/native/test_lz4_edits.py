"""Editing archives of the lz4 profile: blocks are copied, the checksum of all is made anew."""

import subprocess
from pathlib import Path

import pytest

from tests.core.codecs.lz4_peers import by_program
from tests.core.native.parts import verified
from zpack.errors import RequestRefused
from zpack.jobs import Control
from zpack.operations import (
    AddRequest,
    CreateRequest,
    DeleteRequest,
    EditReport,
    MakeFolderRequest,
    Proof,
    RenameRequest,
    add,
    create,
    delete,
    make_folder,
    rename,
)

NOISE = b"".join((n * n % 65_521).to_bytes(2, "big") for n in range(400_000))


@pytest.fixture
def archive(tmp_path: Path) -> str:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.bin").write_bytes(NOISE[number:] * 3)
    (folder / "large.bin").write_bytes(NOISE * 12)
    (folder / "small.txt").write_bytes(b"small")
    (tmp_path / "new.txt").write_bytes(b"new")
    target = str(tmp_path / "a.tar.lz4")
    create(CreateRequest(target, (str(folder),)), Control())
    return target


def names(archive: str) -> set[str]:
    """As the lz4 program and tar have it, who look at the checksum of all content."""
    listed = subprocess.run(["tar", "-I", "lz4", "-tf", archive], capture_output=True, check=True)
    subprocess.run(["lz4", "-q", "-t", archive], check=True)
    return {name.rstrip("/") for name in listed.stdout.decode().splitlines()}


def check_copied(report: EditReport, archive: str) -> None:
    assert report.bytes_copied > 10_000_000
    assert verified(Path(archive)).proof is Proof.PROVEN


def test_a_file_is_deleted(archive):
    check_copied(delete(DeleteRequest(archive, ("in/small.txt",)), Control()), archive)
    assert "in/small.txt" not in names(archive)
    assert "in/large.bin" in names(archive)


def test_a_file_is_added(archive, tmp_path):
    check_copied(add(AddRequest(archive, (str(tmp_path / "new.txt"),)), Control()), archive)
    assert "new.txt" in names(archive)


def test_a_large_file_and_a_folder_are_renamed(archive):
    request = RenameRequest(archive, "in/large.bin", "in/huge.bin")
    check_copied(rename(request, Control()), archive)
    assert "in/huge.bin" in names(archive)
    rename(RenameRequest(archive, "in", "out"), Control())
    assert names(archive) >= {"out", "out/huge.bin", "out/3.bin"}
    assert verified(Path(archive)).proof is Proof.PROVEN


def test_a_folder_is_made(archive):
    check_copied(make_folder(MakeFolderRequest(archive, ("in/x/y",)), Control()), archive)
    assert "in/x/y" in names(archive)


def test_damage_in_a_block_that_is_copied_is_not_passed_on(archive):
    before = bytearray(Path(archive).read_bytes())
    before[len(before) // 2] ^= 1
    Path(archive).write_bytes(before)
    from zpack.errors import ZpackError

    with pytest.raises(ZpackError):
        delete(DeleteRequest(archive, ("in/small.txt",)), Control())
    assert Path(archive).read_bytes() == before


def test_one_by_others_becomes_ours(tmp_path):
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "new.txt").write_bytes(b"new")
    command = ["tar", "-cf", "-", "file"]
    tar = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    archive = tmp_path / "a.tar.lz4"
    archive.write_bytes(by_program(tar, "-BD"))
    assert add(AddRequest(str(archive), (str(tmp_path / "new.txt"),)), Control()).converted
    assert verified(archive).proof is Proof.PROVEN
    assert names(str(archive)) == {"file", "new.txt"}


def test_presets_and_levels_of_the_other_kind_are_refused(archive, tmp_path):
    for request in (
        DeleteRequest(archive, ("in/small.txt",), preset="best"),
        DeleteRequest(archive, ("in/small.txt",), level=19),
    ):
        with pytest.raises(RequestRefused) as raised:
            delete(request, Control())
        assert len(raised.value.faults) == 1


def test_one_compressed_file_is_no_archive_to_change(tmp_path):
    (tmp_path / "new.txt").write_bytes(b"new")
    path = tmp_path / "notes.txt.lz4"
    path.write_bytes(by_program(b"notes"))
    with pytest.raises(RequestRefused, match="one compressed file"):
        add(AddRequest(str(path), (str(tmp_path / "new.txt"),)), Control())
