"""add_recovery: what is whole gets a record; nothing else does."""

from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from zpack.errors import NotWhole, RequestRefused
from zpack.jobs import Control
from zpack.operations import (
    AddRecoveryReport,
    AddRecoveryRequest,
    InfoRequest,
    Proof,
    VerifyRequest,
    add_recovery,
    info,
    verify,
)


def run(archive: str | Path, percent: int = 5, **wishes: object) -> AddRecoveryReport:
    return add_recovery(AddRecoveryRequest(str(archive), percent, **wishes), Control())


def percent_of(archive: str | Path) -> int:
    assert verify(VerifyRequest(str(archive)), Control()).proof is Proof.PROVEN
    return info(InfoRequest(str(archive)), Control()).recovery_percent


@pytest.mark.parametrize("ending", ["tar.zst", "tar.lz4"])
def test_as_if_it_had_been_created_with_it(tree: Path, make: Maker, ending: str) -> None:
    archive = make(tree, target=f"x.{ending}").target
    wanted = Path(make(tree, target=f"y.{ending}", recovery=5).target).read_bytes()
    report = run(archive)
    assert Path(archive).read_bytes() == wanted
    assert report.bytes_out == len(wanted)
    assert report.burst < report.record_size


def test_another_size(archive: str) -> None:
    run(archive, 5)
    run(archive, 20)
    assert percent_of(archive) == 20


def test_elsewhere(archive: str, tmp_path: Path) -> None:
    before, target = Path(archive).read_bytes(), tmp_path / "with.tar.zst"
    run(archive, target=str(target))
    assert percent_of(target) == 5
    assert Path(archive).read_bytes() == before


def test_of_volumes(tree: Path, make: Maker, tmp_path: Path) -> None:
    (tree / "big").write_bytes(bytes(range(256)) * 4 + tree.name.encode() * 9)
    first = make(tree, volume_size=65_536).target
    with pytest.raises(RequestRefused):
        run(first)
    run(first, target=str(tmp_path / "joined.tar.zst"))
    assert percent_of(tmp_path / "joined.tar.zst") == 5


def test_not_of_damage(archive: str) -> None:
    data = bytearray(Path(archive).read_bytes())
    data[300] ^= 1
    Path(archive).write_bytes(data)
    with pytest.raises(NotWhole):
        run(archive)
    assert Path(archive).read_bytes() == bytes(data)
    Path(archive).write_bytes(data[:-1])
    with pytest.raises(NotWhole):
        run(archive)


def test_not_of_archives_by_others(by_tar: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        run(by_tar)
    assert [fault.code for fault in refused.value.faults] == ["not-editable"]


def test_requests_that_make_no_sense(archive: str, tmp_path: Path) -> None:
    (tmp_path / "there").touch()
    for wishes in ({"percent": 0}, {"target": archive}, {"target": str(tmp_path / "there")}):
        with pytest.raises(RequestRefused):
            run(archive, **wishes)  # type: ignore[arg-type]
