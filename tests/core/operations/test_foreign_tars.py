"""Archives by other programs: listed, verified and extracted exactly as they were made."""

import io
import os
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from tests.core.operations.conftest import snapshot
from tests.core.tar.tars import block, extended, record
from tests.core.tar.test_sparse import pax
from zpack.entries import Kind
from zpack.jobs import Control
from zpack.operations import (
    CompareRequest,
    DeleteRequest,
    ExtractRequest,
    Limits,
    ListRequest,
    Proof,
    RenameRequest,
    VerifyRequest,
    compare,
    delete,
    extract,
    list_archive,
    rename,
    verify,
)
from zpack.tar import END

MIB = 1 << 20
Writer = Callable[[Path], bytes]


def by(*command: str) -> Writer:
    def run(root: Path) -> bytes:
        whole = [*command, "-cf", "-", root.name]
        return subprocess.run(whole, cwd=root.parent, capture_output=True, check=True).stdout

    return run


def by_python(form: int) -> Writer:
    def run(root: Path) -> bytes:
        made = io.BytesIO()
        with tarfile.open(fileobj=made, mode="w", format=form, errors="surrogateescape") as tar:
            tar.add(root, root.name)
        return made.getvalue()

    return run


WRITERS = {
    "tar v7": by("tar", "--format=v7"),
    "tar oldgnu": by("tar", "--format=oldgnu"),
    "tar gnu": by("tar", "--format=gnu"),
    "tar ustar": by("tar", "--format=ustar"),
    "tar pax": by("tar", "--format=pax"),
    "tar gnu sparse": by("tar", "--format=gnu", "--sparse"),
    "tar pax sparse 0.0": by("tar", "--format=pax", "--sparse", "--sparse-version=0.0"),
    "tar pax sparse 0.1": by("tar", "--format=pax", "--sparse", "--sparse-version=0.1"),
    "tar pax sparse 1.0": by("tar", "--format=pax", "--sparse", "--sparse-version=1.0"),
    "bsdtar ustar": by("bsdtar", "--format=ustar"),
    "bsdtar pax": by("bsdtar", "--format=pax"),
    "bsdtar gnutar": by("bsdtar", "--format=gnutar"),
    "python ustar": by_python(tarfile.USTAR_FORMAT),
    "python gnu": by_python(tarfile.GNU_FORMAT),
    "python pax": by_python(tarfile.PAX_FORMAT),
}
SHORT = ("v7", "ustar")  # forms with no place for long or odd names


def one_frame(data: bytes) -> bytes:
    return subprocess.run(
        ["zstd", "-q", "-c", "-1"], input=data, capture_output=True, check=True
    ).stdout


def many_frames(data: bytes) -> bytes:
    """Cut without regard to entries, as pzstd and others do."""
    coder = zstandard.ZstdCompressor(write_checksum=True)
    step = 70_001
    return b"".join(coder.compress(data[at : at + step]) for at in range(0, len(data), step))


def by_pzstd(data: bytes) -> bytes:
    return subprocess.run(
        ["pzstd", "-q", "-c", "-p", "2"], input=data, capture_output=True, check=True
    ).stdout


def small_blocks(data: bytes) -> bytes:
    return subprocess.run(
        ["zstd", "-q", "-c", "--single-thread", "--no-check", "-B1KB"],
        input=data,
        capture_output=True,
        check=True,
    ).stdout


def fill(root: Path, *, plain: bool) -> Path:
    (root / "sub" / "empty").mkdir(parents=True)
    (root / "a.txt").write_bytes(b"alpha\n" * 5000)
    (root / "b.bin").write_bytes(os.urandom(300_000))
    (root / "none").touch()
    (root / "sub" / "program").write_text("#!/bin/sh\n")
    (root / "sub" / "program").chmod(0o755)
    (root / "a.txt").chmod(0o440)
    os.link(root / "b.bin", root / "sub" / "same as b")
    os.symlink("../a.txt", root / "sub" / "to a")
    os.symlink("/nowhere", root / "dangling")
    with open(root / "holes", "wb") as file:
        for number in range(30):
            file.seek(number << 16)
            file.write(b"data" * 100)
        file.truncate(3 * MIB)
    if not plain:
        (root / ("long/" * 30)).mkdir(parents=True)
        (root / ("long/" * 30) / ("name" * 60)).write_text("long")
        os.symlink("t" * 150, root / "long target")
        (root / os.fsdecode(b"\xff\xe4")).write_text("not text")
        (root / "ünï").write_text("text")
        os.mkfifo(root / "sub" / "pipe")
    for path in sorted(root.rglob("*"), reverse=True):
        os.utime(path, (1_600_000_000, 1_600_000_000), follow_symlinks=False)
    os.utime(root, (1_600_000_000, 1_600_000_000))
    return root


def is_plain(name: str) -> bool:
    return name.endswith(SHORT)


def packed(tmp_path: Path, data: bytes, pack: Callable[[bytes], bytes] = one_frame) -> str:
    archive = tmp_path / "theirs.tar.zst"
    archive.write_bytes(pack(data))
    return str(archive)


@pytest.fixture(params=WRITERS)
def theirs(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[bytes, Path]:
    """A tar, and the tree that it was made of."""
    root = fill(tmp_path / "tree", plain=is_plain(request.param))
    return WRITERS[request.param](root), root


@pytest.mark.parametrize("pack", [one_frame, many_frames])
def test_everything_comes_out(
    request: pytest.FixtureRequest,
    theirs: tuple[bytes, Path],
    tmp_path: Path,
    pack: Callable[[bytes], bytes],
) -> None:
    data, root = theirs
    archive = packed(tmp_path, data, pack)
    report = extract(ExtractRequest(archive, str(tmp_path / "out"), devices=True), Control())
    assert report.problems == ()
    (tmp_path / "tar").mkdir()
    # GNU tar would set the times of folders wrong where bsdtar wrote the archive.
    program = "bsdtar" if "bsdtar" in request.node.name else "tar"
    subprocess.run([program, "-xpf", "-"], cwd=tmp_path / "tar", input=data, check=True)
    expected = snapshot(tmp_path / "tar" / "tree")
    assert snapshot(tmp_path / "out" / "tree") == expected
    assert expected.keys() == snapshot(root).keys()
    assert (tmp_path / "out" / "tree" / "holes").read_bytes() == (root / "holes").read_bytes()


@pytest.mark.parametrize("pack", [one_frame, many_frames])
def test_lists_and_verifies(
    theirs: tuple[bytes, Path], tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    data, root = theirs
    archive = packed(tmp_path, data, pack)
    report = verify(VerifyRequest(archive), Control())
    assert (report.proof, report.problems, report.good) == (Proof.CHECKED, (), report.files)
    listed = list_archive(ListRequest(archive), Control())
    assert listed.problems == ()
    sizes = {os.fsdecode(path): listed.listing.size[row] for row, path in listed.listing.walk()}
    expected = {
        os.path.relpath(path, root.parent): path.lstat().st_size
        if path.is_file() and not path.is_symlink()
        else 0
        for path in [root, *root.rglob("*")]
    }
    links = {
        os.fsdecode(listed.listing.path(row))
        for row in listed.listing.link_row
        if listed.listing.kind[row] == Kind.HARD_LINK
    }
    assert len(links) == 1
    expected |= dict.fromkeys(links, 0)
    assert sizes == expected


@pytest.mark.parametrize("pack", [by_pzstd, small_blocks])
def test_other_ways_to_pack(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    root = fill(tmp_path / "tree", plain=False)
    archive = packed(tmp_path, WRITERS["tar pax"](root), pack)
    extract(ExtractRequest(archive, str(tmp_path / "out"), devices=True), Control())
    assert snapshot(tmp_path / "out" / "tree") == snapshot(root)


@pytest.mark.parametrize("command", [["tar", "--format=gnu"], ["tar", "--format=pax"]])
def test_a_sparse_file_of_many_gigabytes(tmp_path: Path, command: list[str]) -> None:
    """More than a ustar header can say, and nearly all of it nothing."""
    size = 20 << 30
    (tmp_path / "tree").mkdir()
    with open(tmp_path / "tree" / "huge", "wb") as file:
        file.seek(19 << 30)
        file.write(b"here")
        file.truncate(size)
    archive = packed(tmp_path, by(*command, "--sparse")(tmp_path / "tree"))
    assert verify(VerifyRequest(archive), Control()).proof is Proof.CHECKED
    limits = Limits(ratio=0, space=False)
    extract(ExtractRequest(archive, str(tmp_path / "out"), limits=limits), Control())
    with open(tmp_path / "out" / "tree" / "huge", "rb") as made:
        assert os.fstat(made.fileno()).st_size == size
        assert os.fstat(made.fileno()).st_blocks < 10_000
        made.seek(19 << 30)
        assert made.read(5) == b"here\0"


def test_devices_of_others(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        info = tarfile.TarInfo("null")
        info.type, info.devmajor, info.devminor = tarfile.CHRTYPE, 1, 3
        tar.addfile(info)
    archive = packed(tmp_path, made.getvalue())
    listing = list_archive(ListRequest(archive), Control()).listing
    assert listing.attributes(1).device == (1, 3)


def test_a_fifo_of_two_names(tmp_path: Path) -> None:
    """bsdtar stores the second as a hard link, GNU tar as another FIFO."""
    root = tmp_path / "tree"
    root.mkdir()
    os.mkfifo(root / "one")
    os.link(root / "one", root / "two")
    archive = packed(tmp_path, by("bsdtar", "--format=pax")(root))
    assert verify(VerifyRequest(archive), Control()).proof is Proof.CHECKED
    plain = extract(ExtractRequest(archive, str(tmp_path / "plain")), Control())
    assert sorted(problem.code for problem in plain.problems) == ["left-out", "link-target-missing"]
    made = extract(ExtractRequest(archive, str(tmp_path / "out"), devices=True), Control())
    assert made.problems == ()
    assert snapshot(tmp_path / "out" / "tree") == snapshot(root)
    rename(RenameRequest(archive, "tree/one", "tree/three"), Control())
    delete(DeleteRequest(archive, ("tree/three",)), Control())
    assert verify(VerifyRequest(archive), Control()).proof is Proof.PROVEN
    extract(ExtractRequest(archive, str(tmp_path / "edited"), devices=True), Control())
    assert (tmp_path / "edited" / "tree" / "two").is_fifo()


@pytest.mark.parametrize("command", [["tar"], ["bsdtar"]])
def test_of_entries_with_one_name_the_last_counts(tmp_path: Path, command: list[str]) -> None:
    root = tmp_path / "tree"
    root.mkdir()
    tars = []
    for text in ("first", "second"):
        (root / "file").write_text(text)
        tars.append(by(*command)(root))
    end = tars[0].rstrip(b"\0")
    end += bytes(-len(end) % 512)
    archive = packed(tmp_path, end + tars[1])
    listed = list_archive(ListRequest(archive), Control()).listing
    rows = [row for row, path in listed.walk() if path == b"tree/file"]
    assert [listed.superseded(row) for row in rows] == [True, False]
    report = extract(ExtractRequest(archive, str(tmp_path / "out")), Control())
    assert (report.superseded, report.problems) == (1, ())
    assert (tmp_path / "out" / "tree" / "file").read_text() == "second"


@pytest.mark.parametrize("pack", [one_frame, many_frames])
def test_of_joined_tars_the_first_counts_and_the_rest_is_told(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    data = by("tar")(tmp_path / "one") + by("tar")(tmp_path / "two")
    archive = packed(tmp_path, data, pack)
    listed = list_archive(ListRequest(archive), Control())
    assert [path for _, path in listed.listing.walk()] == [b"one", b"one/file"]
    assert [problem.code for problem in listed.problems] == ["more-follows"]
    report = extract(ExtractRequest(archive, str(tmp_path / "out")), Control())
    assert [problem.code for problem in report.problems] == ["more-follows"]
    assert os.listdir(tmp_path / "out") == ["one"]
    checked = verify(VerifyRequest(archive), Control())
    assert (checked.proof, checked.good) == (Proof.CHECKED, checked.files)
    assert [problem.code for problem in checked.problems] == ["more-follows"]


def test_zeros_that_follow_are_nothing(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    archive = packed(tmp_path, by("tar")(tmp_path / "one") + bytes(100_000))
    assert list_archive(ListRequest(archive), Control()).problems == ()


def test_a_file_that_is_nearly_all_hole_costs_nothing(tmp_path: Path) -> None:
    """Two exabytes in a few blocks: nobody reads zeros that are not there."""
    content = b"1\n512\n512\n".ljust(512, b"\0") + b"x" * 512
    data = pax(content, major="1", minor="0", name="huge", realsize=str(1 << 61))
    archive = packed(tmp_path, data + block(name=b"beside") + END)
    listing = list_archive(ListRequest(archive), Control()).listing
    assert listing.size[listing.find(b"huge") or 0] == 1 << 61
    limits = Limits(size=0, ratio=0, space=False)
    assert verify(VerifyRequest(archive, limits=limits), Control()).proof is Proof.CHECKED
    request = ExtractRequest(archive, str(tmp_path / "out"), limits=limits)
    report = extract(request, Control())
    assert [problem.path for problem in report.problems] in ([], ["huge"])  # few disks have room
    assert (tmp_path / "out" / "beside").exists()
    compared = compare(CompareRequest(archive, str(tmp_path / "out"), limits=limits), Control())
    assert compared.problems or compared.differences


@pytest.mark.parametrize("pack", [one_frame, many_frames])
@pytest.mark.parametrize("members", [(), ("two",), ("three",)])
def test_global_headers_hold_when_extracted(
    tmp_path: Path, members: tuple[str, ...], pack: Callable[[bytes], bytes]
) -> None:
    """Also those before the first wanted entry, and between entries that are not wanted."""
    data = extended(record(b"mtime", b"7"), b"g")
    data += block(name=b"one", size=b"%011o" % 100_000) + bytes(100_352)
    data += block(name=b"two") + extended(record(b"mtime", b"9"), b"g") + block(name=b"three")
    archive = packed(tmp_path, data + END, pack)
    (tmp_path / "tar").mkdir()
    subprocess.run(
        ["tar", "-xf", "-", *members], cwd=tmp_path / "tar", input=data + END, check=True
    )
    request = ExtractRequest(archive, str(tmp_path / "out"), members=members)
    assert extract(request, Control()).problems == ()
    times = {path.name: path.stat().st_mtime for path in (tmp_path / "out").iterdir()}
    assert times == {path.name: path.stat().st_mtime for path in (tmp_path / "tar").iterdir()}
    assert set(times.values()) <= {7, 9}
