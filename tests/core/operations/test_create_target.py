"""Archives in volumes, from making them to taking files out."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker, snapshot
from zpack.errors import ArchiveDamaged, RequestRefused, VolumeMissing
from zpack.jobs import Control
from zpack.operations import (
    CreateRequest,
    ExtractRequest,
    Folder,
    InfoRequest,
    ListRequest,
    Originals,
    Proof,
    VerifyRequest,
    create,
    extract,
    info,
    list_archive,
    verify,
)

SIZE = 1 << 16


@pytest.fixture
def big(tree: Path) -> Path:
    (tree / "noise").write_bytes(os.urandom(5 * SIZE))
    return tree


def test_the_same_bytes_as_in_one_file(big: Path, tmp_path: Path, make: Maker) -> None:
    whole = make(big, target="whole.tar.zst").target
    report = make(big, volume_size=SIZE)
    assert report.target == str(tmp_path / "made.tar.zst.001")
    assert report.volumes == len(list(tmp_path.glob("made.tar.zst.*"))) == 6
    joined = subprocess.check_output("cat made.tar.zst.*", shell=True, cwd=tmp_path)
    assert joined == Path(whole).read_bytes()
    assert report.bytes_out == len(joined)


@pytest.mark.parametrize("number", ["001", "004"])
def test_everything_reads_them(big: Path, tmp_path: Path, make: Maker, number: str) -> None:
    make(big, volume_size=SIZE)
    archive = str(tmp_path / f"made.tar.zst.{number}")
    assert verify(VerifyRequest(archive), Control()).proof is Proof.PROVEN
    assert list_archive(ListRequest(archive), Control()).indexed
    facts = info(InfoRequest(archive), Control())
    assert len(facts.volumes) == 6
    assert facts.size == sum(os.path.getsize(path) for path in facts.volumes)
    request = ExtractRequest(archive, str(tmp_path / "out"), folder=Folder.ALWAYS)
    report = extract(request, Control())
    assert report.destination == str(tmp_path / "out" / "made")
    assert snapshot(tmp_path / "out" / "made" / "tree") == snapshot(big)


def test_lz4_in_volumes(big: Path, tmp_path: Path, make: Maker) -> None:
    report = make(big, target="x.tar.lz4", volume_size=SIZE, verify=True)
    assert (report.verified, report.volumes > 3) == (True, True)
    joined = subprocess.check_output("cat x.tar.lz4.* | lz4 -dc", shell=True, cwd=tmp_path)
    listed = subprocess.run(["tar", "-t"], input=joined, capture_output=True, check=True)
    assert b"tree/noise\n" in listed.stdout


def test_verified_and_then_the_originals_go(big: Path, tmp_path: Path, make: Maker) -> None:
    report = make(big, volume_size=SIZE, originals=Originals.DELETE)
    assert (report.verified, report.problems) == (True, ())
    assert not big.exists()
    assert verify(VerifyRequest(report.target), Control()).proof is Proof.PROVEN


def test_without_an_index_they_are_read_through(big: Path, tmp_path: Path, make: Maker) -> None:
    (big / "comes last.zzz").write_bytes(os.urandom(20 << 20))
    report = make(big, volume_size=1 << 20)
    os.unlink(sorted(tmp_path.glob("made*"))[-1])
    listed = list_archive(ListRequest(report.target), Control())
    assert (listed.indexed, bool(listed.problems)) == (False, True)
    assert verify(VerifyRequest(report.target), Control()).proof is Proof.DAMAGED


def test_a_missing_one_is_named(big: Path, tmp_path: Path, make: Maker) -> None:
    report = make(big, volume_size=SIZE)
    os.unlink(tmp_path / "made.tar.zst.003")
    with pytest.raises(VolumeMissing, match=r"made\.tar\.zst\.003"):
        verify(VerifyRequest(report.target), Control())


@pytest.mark.parametrize("other", ["002", "006"])
def test_so_is_the_first(big: Path, tmp_path: Path, make: Maker, other: str) -> None:
    report = make(big, volume_size=SIZE)
    os.unlink(report.target)
    with pytest.raises(VolumeMissing, match=r"made\.tar\.zst\.001"):
        verify(VerifyRequest(report.target[:-3] + other), Control())


def test_that_the_last_one_may_be_missing_is_told(big: Path, tmp_path: Path, make: Maker) -> None:
    report = make(big, volume_size=SIZE)
    os.unlink(tmp_path / "made.tar.zst.006")
    os.unlink(tmp_path / "made.tar.zst.005")
    with pytest.raises(ArchiveDamaged, match=r"perhaps made\.tar\.zst\.005 is missing"):
        list_archive(ListRequest(report.target), Control())


def test_those_that_exist_are_replaced_only_when_told(
    big: Path, tmp_path: Path, make: Maker
) -> None:
    make(big, volume_size=SIZE)
    with pytest.raises(RequestRefused) as caught:
        make(big, volume_size=SIZE)
    assert [fault.code for fault in caught.value.faults] == ["target-exists"]
    (big / "noise").unlink()
    report = make(big, volume_size=SIZE, overwrite=True)
    assert [path.name for path in tmp_path.glob("made*")] == ["made.tar.zst.001"]
    assert report.volumes == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"volume_size": SIZE - 1}, "bad-volume-size"),
        ({"volume_size": -5}, "bad-volume-size"),
        ({"target": "-", "volume_size": SIZE}, "contrary-wishes"),
    ],
)
def test_wishes_that_cannot_be(big: Path, options: dict[str, object], code) -> None:
    wanted = {"target": "x.tar.zst", "sources": (str(big),)} | options
    with pytest.raises(RequestRefused) as caught:
        create(CreateRequest(**wanted), Control())  # type: ignore[arg-type]
    assert [fault.code for fault in caught.value.faults] == [code]
