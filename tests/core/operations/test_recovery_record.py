"""create with a recovery record: it is there, as large as asked for, and looked at."""

import random
import subprocess
from pathlib import Path

import pytest

from zpack.errors import RequestRefused
from zpack.filesystem import SourceFile
from zpack.jobs import Control
from zpack.native.recovery_geometry import HEAD_SIZE, Geometry
from zpack.native.recovery_search import find_heads
from zpack.operations import (
    CreateFromTarRequest,
    CreateReport,
    CreateRequest,
    InfoRequest,
    Proof,
    VerifyRequest,
    create,
    create_from_tar,
    info,
    verify,
)

ENDINGS = ("tar.zst", "tar.lz4")


def made(tree: Path, target: Path, percent: int = 10, **wishes: object) -> CreateReport:
    return create(CreateRequest(str(target), (str(tree),), recovery=percent, **wishes), Control())


def geometry_of(path: Path) -> Geometry:
    with SourceFile(str(path)) as source:
        return next(find_heads(source.pread, 0, source.size, lambda: None)).geometry


def proof_of(path: Path | str) -> Proof:
    return verify(VerifyRequest(str(path)), Control()).proof


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_is_there(tree: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"x.{ending}"
    made(tree, target)
    report = info(InfoRequest(str(target)), Control())
    assert report.has_recovery
    assert report.recovery_percent == 10
    assert proof_of(target) is Proof.PROVEN
    geometry = geometry_of(target)
    assert target.stat().st_size > geometry.end
    assert geometry.lz4 is (ending == "tar.lz4")


def test_peers_pass_over_it(tree: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.tar.zst"
    made(tree, target)
    subprocess.run(["zstd", "-qt", target], check=True)
    plain = tmp_path / "plain.tar.zst"
    create(CreateRequest(str(plain), (str(tree),)), Control())
    contents = [
        subprocess.run(["zstd", "-dcq", path], check=True, capture_output=True).stdout
        for path in (target, plain)
    ]
    assert contents[0] == contents[1]


@pytest.mark.parametrize("ending", ENDINGS)
def test_volumes_have_one(tree: Path, tmp_path: Path, ending: str) -> None:
    (tree / "big").write_bytes(random.Random(1).randbytes(200_000))
    target = tmp_path / f"x.{ending}"
    report = made(tree, target, volume_size=65_536)
    assert report.volumes > 2
    assert proof_of(report.target) is Proof.PROVEN
    assert info(InfoRequest(report.target), Control()).recovery_percent == 10


def test_of_a_tar(tree: Path, tmp_path: Path) -> None:
    tar, target = tmp_path / "x.tar", tmp_path / "x.tar.zst"
    subprocess.run(["tar", "-cf", tar, "-C", tree.parent, tree.name], check=True)
    wishes = CreateRequest(str(target), (), recovery=7)
    create_from_tar(CreateFromTarRequest(str(tar), wishes), Control())
    assert info(InfoRequest(str(target)), Control()).recovery_percent == 7
    assert proof_of(target) is Proof.PROVEN


def test_the_same_bytes_whatever_the_threads(tree: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"{threads}.tar.zst" for threads in (1, 3)]
    for path, threads in zip(paths, (1, 3), strict=True):
        made(tree, path, threads=threads)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("ending", ENDINGS)
def test_any_damage_to_it_is_told(tree: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"x.{ending}"
    made(tree, target)
    whole, geometry = target.read_bytes(), geometry_of(target)
    places = set(range(geometry.protected, geometry.end, 97))
    for part in range(geometry.parts):
        at = geometry.part_at(part)
        places |= {at, at + 4, at + 8, at + HEAD_SIZE - 1, at + HEAD_SIZE, at + HEAD_SIZE + 8}
    for place in sorted(places):
        data = bytearray(whole)
        data[place] ^= 0x10
        target.write_bytes(data)
        assert proof_of(target) is Proof.DAMAGED, place


@pytest.mark.parametrize("percent", [0, 101, -1])
def test_sizes_that_make_no_sense(tree: Path, tmp_path: Path, percent: int) -> None:
    with pytest.raises(RequestRefused) as refused:
        made(tree, tmp_path / "x.tar.zst", percent)
    assert [fault.code for fault in refused.value.faults] == ["bad-recovery"]


def test_not_to_standard_output(tree: Path) -> None:
    with pytest.raises(RequestRefused) as refused:
        made(tree, Path("-"))
    assert "contrary-wishes" in {fault.code for fault in refused.value.faults}
