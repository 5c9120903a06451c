"""An archive of a tar: as by peers, and faults."""

import os
import subprocess
import threading
from pathlib import Path

import pytest

from tests.core.operations.conftest import snapshot
from zpack.errors import ExitCode, RequestRefused, SourceMissing, TarUnreadable
from zpack.jobs import Cancelled, Control
from zpack.operations import (
    CreateFromTarRequest,
    CreateReport,
    CreateRequest,
    ExtractRequest,
    ListRequest,
    Originals,
    Proof,
    VerifyRequest,
    create_from_tar,
    extract,
    list_archive,
    verify,
)


def take(tar: Path, control: Control | None = None, **options: object) -> CreateReport:
    wishes = CreateRequest(str(tar.parent / "x.tar.zst"), (), **options)  # type: ignore[arg-type]
    return create_from_tar(CreateFromTarRequest(str(tar), wishes), control or Control())


@pytest.fixture
def tar(tree: Path, tmp_path: Path) -> Path:
    subprocess.run(
        ["tar", "--format=posix", "-C", tmp_path, "-cf", tmp_path / "x.tar", "tree"], check=True
    )
    return tmp_path / "x.tar"


@pytest.mark.parametrize(
    "command",
    [
        ["tar", "--format=gnu", "-c"],
        ["tar", "--format=posix", "-c"],
        ["tar", "--format=ustar", "-c"],
        ["tar", "--format=gnu", "-S", "-c"],
        ["bsdtar", "-c"],
        ["bsdtar", "--format=ustar", "-c"],
    ],
)
def test_what_peers_wrote_comes_out_the_same(
    tree: Path, tmp_path: Path, command: list[str]
) -> None:
    with open(tree / "holes", "wb") as file:
        file.write(b"a")
        file.seek(3 << 20)
        file.write(b"b")
        file.truncate(5 << 20)
    with open(tmp_path / "x.tar", "wb") as out:
        subprocess.run([*command, "-C", tmp_path, "tree"], stdout=out, check=True)
    report = take(tmp_path / "x.tar", verify=True)
    assert report.problems == ()
    extract(ExtractRequest(report.target, str(tmp_path / "ours")), Control())
    (tmp_path / "theirs").mkdir()
    subprocess.run([command[0], "-C", tmp_path / "theirs", "-xpf", tmp_path / "x.tar"], check=True)
    assert snapshot(tmp_path / "ours" / "tree") == snapshot(tmp_path / "theirs" / "tree")


def test_holes_are_still_known_to_be_holes(tree: Path, tmp_path: Path) -> None:
    with open(tree / "holes", "wb") as file:
        file.seek(3 << 20)
        file.write(b"b")
    command = ["tar", "--format=posix", "-S", "-C", tmp_path, "-cf", tmp_path / "x.tar", "tree"]
    subprocess.run(command, check=True)
    report = take(tmp_path / "x.tar", verify=True)
    listing = list_archive(ListRequest(report.target), Control()).listing
    row = listing.find(b"tree/holes")
    assert row is not None
    holes = listing.attributes(row).holes
    assert holes is not None
    assert holes.total > 2 << 20


def test_tar_reads_what_came_of_it(tar: Path, tree: Path, tmp_path: Path) -> None:
    report = take(tar)
    (tmp_path / "out").mkdir()
    subprocess.run(["tar", "--zstd", "-C", tmp_path / "out", "-xpf", report.target], check=True)
    assert snapshot(tmp_path / "out" / "tree") == snapshot(tree)


def test_the_same_bytes_for_any_number_of_threads(tar: Path, tree: Path) -> None:
    made = set()
    for threads in (1, 3):
        made.add(Path(take(tar, threads=threads, overwrite=True).target).read_bytes())
    assert len(made) == 1


def test_cut_anywhere_makes_no_archive(tar: Path, tmp_path: Path) -> None:
    whole = tar.read_bytes()
    end = whole.rstrip(b"\0")
    for length in (1, 511, 513, 1000, 5000, len(end) - 600):
        tar.write_bytes(whole[:length])
        with pytest.raises(TarUnreadable):
            take(tar)
        assert sorted(os.listdir(tmp_path)) == ["tree", "x.tar"]


def test_a_tar_without_an_end_is_told(tar: Path) -> None:
    blocks = tar.read_bytes().rstrip(b"\0")
    tar.write_bytes(blocks + bytes(-len(blocks) % 512))
    report = take(tar)
    assert [problem.code for problem in report.problems] == ["tar-odd"]
    assert report.exit_code == ExitCode.PARTIAL


def test_no_tar_at_all(tmp_path: Path) -> None:
    for content in (b"noise" * 1000, b"\x1f\x8b" + bytes(1000)):
        (tmp_path / "x.tar").write_bytes(content)
        with pytest.raises(TarUnreadable) as caught:
            take(tmp_path / "x.tar")
        assert caught.value.exit_code == ExitCode.DAMAGED
    for content in (b"", bytes(1024)):
        (tmp_path / "x.tar").write_bytes(content)
        with pytest.raises(RequestRefused, match="empty"):
            take(tmp_path / "x.tar")
    with pytest.raises(SourceMissing):
        take(tmp_path / "gone")
    assert os.listdir(tmp_path) == ["x.tar"]


def test_something_after_the_end_is_told(tar: Path) -> None:
    tar.write_bytes(tar.read_bytes() + b"more")
    report = take(tar)
    assert [problem.code for problem in report.problems] == ["tar-odd"]


def test_in_volumes_and_verified(tar: Path) -> None:
    report = take(tar, volume_size=1 << 16, verify=True)
    assert (report.volumes, report.verified) == (1, True)
    assert verify(VerifyRequest(report.target), Control()).proof is Proof.PROVEN


def test_cancelled_while_nothing_comes(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.tar")
    keeper = os.open(tmp_path / "x.tar", os.O_RDWR)
    control = Control()
    threading.Timer(0.1, control.cancel).start()
    with pytest.raises(Cancelled):
        take(tmp_path / "x.tar", control)
    os.close(keeper)
    assert os.listdir(tmp_path) == ["x.tar"]


@pytest.mark.parametrize(
    "wish",
    [
        {"exclude": ("x",)},
        {"exclude_vcs": True},
        {"dereference": True},
        {"originals": Originals.DELETE},
    ],
)
def test_what_is_about_files_on_the_disk_does_not_go_with_it(tar: Path, wish) -> None:
    with pytest.raises(RequestRefused) as caught:
        take(tar, **wish)
    assert {fault.code for fault in caught.value.faults} == {"contrary-wishes"}
