"""Changing an archive keeps its recovery record, at its percentage."""

from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from zpack.errors import NotEditable, RequestRefused
from zpack.jobs import Control
from zpack.operations import (
    AddRequest,
    DeleteRequest,
    InfoRequest,
    MakeFolderRequest,
    Proof,
    RenameRequest,
    RepairRequest,
    VerifyRequest,
    add,
    delete,
    info,
    make_folder,
    rename,
    repair,
    verify,
)


def edit_all_ways(archive: str, tree: Path) -> None:
    delete(DeleteRequest(archive, ("tree/none",)), Control())
    rename(RenameRequest(archive, "tree/sub", "tree/moved"), Control())
    make_folder(MakeFolderRequest(archive, ("tree/made",)), Control())
    add(AddRequest(archive, (str(tree / "b.bin"),), "more"), Control())


@pytest.mark.parametrize("ending", ["tar.zst", "tar.lz4"])
def test_it_is_kept(tree: Path, make: Maker, tmp_path: Path, ending: str) -> None:
    archive = make(tree, target=f"x.{ending}", recovery=30).target
    edit_all_ways(archive, tree)
    assert info(InfoRequest(archive), Control()).recovery_percent == 30
    assert verify(VerifyRequest(archive), Control()).proof is Proof.PROVEN
    whole = Path(archive).read_bytes()
    Path(archive).write_bytes(whole[:600] + bytes(200) + whole[800:])
    fixed = tmp_path / f"fixed.{ending}"
    repair(RepairRequest(archive, str(fixed)), Control())
    assert fixed.read_bytes() == whole


def test_there_is_none_where_there_was_none(archive: str, tree: Path) -> None:
    edit_all_ways(archive, tree)
    assert not info(InfoRequest(archive), Control()).has_recovery


def test_not_of_one_that_nobody_can_read(tree: Path, make: Maker) -> None:
    archive = make(tree, recovery=5).target
    data = Path(archive).read_bytes()
    Path(archive).write_bytes(data.replace(b"zpkrecov", b"ZPKRECOV"))
    with pytest.raises(RequestRefused) as refused:
        delete(DeleteRequest(archive, ("tree/none",)), Control())
    (fault,) = refused.value.faults
    assert isinstance(fault, NotEditable)
