"""What other programs make of an archive that was changed many times."""

import os
import subprocess
from pathlib import Path

from tests.core.operations.edits import by_tar, check_order, check_proven, model_of
from zpack.jobs import Control
from zpack.operations import (
    AddRequest,
    DeleteRequest,
    MakeFolderRequest,
    RenameRequest,
    add,
    delete,
    make_folder,
    rename,
)


def test_peers_agree(archive: str, tree: Path, tmp_path: Path) -> None:
    control = Control()
    rename(RenameRequest(archive, "tree/sub", "tree/moved"), control)
    delete(DeleteRequest(archive, ("tree/a.txt", "tree/none")), control)
    os.rename(tree, tree.with_name("again"))
    add(AddRequest(archive, (str(tree.with_name("again")),), "x/y"), control)
    rename(RenameRequest(archive, "x/y/again/a.txt", "last"), control)
    make_folder(MakeFolderRequest(archive, ("empty folder",)), control)
    add(AddRequest(archive, (str(tree.with_name("again")),), "x/y", replace=True), control)
    check_proven(archive)
    check_order(archive)
    expected = by_tar(Path(archive), tmp_path / "by tar").shape()
    (tmp_path / "by bsdtar").mkdir()
    subprocess.run(["bsdtar", "-xf", archive, "-C", tmp_path / "by bsdtar"], check=True)
    assert model_of(tmp_path / "by bsdtar").shape() == expected
    (tmp_path / "by 7-Zip").mkdir()
    command = ["7zz", "x", "-y", "-bd", f"-o{tmp_path / 'by 7-Zip'}", archive]
    subprocess.run(command, check=True, capture_output=True)
    (plain,) = (tmp_path / "by 7-Zip").iterdir()
    (tmp_path / "from plain").mkdir()
    subprocess.run(["tar", "-xf", plain, "-C", tmp_path / "from plain"], check=True)
    assert model_of(tmp_path / "from plain").shape() == expected
