"""Archives by others are written anew as a whole, and nothing in them is lost."""

import io
import os
import stat
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.core.operations.edits import by_tar, check_order, check_proven, listed_by_tar
from tests.core.operations.hostile import foreign, member
from zpack.errors import EntryNotKept, RequestRefused
from zpack.jobs import Control
from zpack.operations import (
    AddRequest,
    DeleteRequest,
    EditReport,
    ListRequest,
    MakeFolderRequest,
    RenameRequest,
    add,
    delete,
    list_archive,
    make_folder,
    rename,
)

LINK, SYMLINK, FOLDER = tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE


def mkdir(archive: str) -> EditReport:
    return make_folder(MakeFolderRequest(archive, ("made",)), Control())


@pytest.mark.parametrize("form", ["gnu", "pax", "ustar", "v7"])
@pytest.mark.parametrize("prefix", ["tree", "."])
def test_archives_by_gnu_tar(tree: Path, tmp_path: Path, form: str, prefix: str) -> None:
    archive = tmp_path / "gnu.tar.zst"
    where = tree if prefix == "." else tree.parent
    command = ["tar", "--zstd", f"--format={form}", "-cf", archive, "-C", where, prefix]
    subprocess.run(command, check=True)
    before = by_tar(archive, tmp_path / "before")
    report = mkdir(str(archive))
    assert report.converted
    assert report.added == 1
    check_proven(archive)
    check_order(archive)
    after = by_tar(archive, tmp_path / "after")
    after.delete(b"made")
    assert after.shape() == before.shape()
    for path in before.nodes:
        one, two = (os.lstat(os.fsencode(tmp_path / d) + b"/" + path) for d in ("before", "after"))
        assert (one.st_mode, one.st_uid) == (two.st_mode, two.st_uid)
        assert int(one.st_mtime) == int(two.st_mtime)
    # A second edit copies.
    assert not delete(DeleteRequest(str(archive), ("made",)), Control()).converted
    check_proven(archive)


def test_what_can_be_done_to_them(tmp_path: Path) -> None:
    archive = foreign(
        tmp_path / "a.tar.zst",
        (member("d", FOLDER), b""),
        (member("d/link", SYMLINK, "x"), b""),
        (member("d/x"), b"content"),
        (member("d/y", LINK, "d/x"), b""),
    )
    rename(RenameRequest(archive, "d/x", "x"), Control())
    check_proven(archive)
    assert listed_by_tar(archive) == ["x", "d/y", "d/link", "d/"]
    (tmp_path / "y").write_text("new")
    add(AddRequest(archive, (str(tmp_path / "y"),), "d", replace=True), Control())
    found = by_tar(Path(archive), tmp_path / "out").nodes
    assert (found[b"x"].content, found[b"d/y"].content) == (b"content", b"new")


def test_the_later_of_two_files_of_one_path_counts(tmp_path: Path) -> None:
    archive = foreign(
        tmp_path / "a.tar.zst",
        (member("a"), b"first"),
        (member("b", LINK, "a"), b""),
        (member("c"), b"1"),
        (member("a"), b"second"),
        (member("c"), b"2"),
        (member("l", SYMLINK, "a"), b""),
        (member("l"), b"no link"),
    )
    before = by_tar(Path(archive), tmp_path / "before")
    report = mkdir(archive)
    # The first “a” lives on as “b”; the link “l” would come after the file.
    assert report.superseded == 2
    check_proven(archive)
    after = by_tar(Path(archive), tmp_path / "after")
    assert after.nodes.pop(b"made").is_folder
    contents = {path: node.content for path, node in after.nodes.items()}
    assert contents == {path: node.content for path, node in before.nodes.items()}
    assert listed_by_tar(archive).count("c") == 2
    rename(RenameRequest(archive, "c", "z"), Control())
    assert listed_by_tar(archive).count("z") == 2
    check_proven(archive)
    delete(DeleteRequest(archive, ("z",)), Control())
    assert "z" not in listed_by_tar(archive)


def test_a_hard_link_to_a_symbolic_link(tmp_path: Path) -> None:
    members = ((member("s", SYMLINK, "gone"), b""), (member("t", LINK, "s"), b""))
    archive = foreign(tmp_path / "a.tar.zst", *members)
    mkdir(archive)
    check_proven(archive)
    found = by_tar(Path(archive), tmp_path / "out").nodes
    assert found[b"t"].target == b"gone"


def test_what_cannot_be_kept_is_refused_until_it_is_deleted(tmp_path: Path) -> None:
    archive = foreign(
        tmp_path / "a.tar.zst",
        (member("x"), b"file"),
        (member("x/y"), b"in a folder of its name"),
        (member("z", LINK, "nothing"), b""),
    )
    with pytest.raises(RequestRefused) as caught:
        mkdir(archive)
    assert [type(fault) for fault in caught.value.faults] == [EntryNotKept] * 2
    delete(DeleteRequest(archive, ("x", "z")), Control())
    check_proven(archive)


def test_nodes_and_attributes(tmp_path: Path) -> None:
    attributes = member("a")
    attributes.pax_headers = {"SCHILY.xattr.user.colour": "blue", "mtime": "-5.25"}
    archive = foreign(
        tmp_path / "a.tar.zst",
        (attributes, b"x"),
        (member("dev", tarfile.CHRTYPE, devmajor=1, devminor=3), b""),
        (member("pipe", tarfile.FIFOTYPE), b""),
        (member("z", SYMLINK, "a"), b""),
    )
    mkdir(archive)
    check_proven(archive)
    check_order(archive)
    unpacked = subprocess.run(["zstd", "-dc", archive], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(unpacked)) as tar:
        found = {info.name: info for info in tar}
    assert found["a"].pax_headers["SCHILY.xattr.user.colour"] == "blue"
    assert found["a"].mtime == -5.25
    assert (found["dev"].type, found["dev"].devmajor, found["dev"].devminor) == (b"3", 1, 3)
    assert found["pipe"].type == tarfile.FIFOTYPE


def test_unsafe_paths_stay_what_they_are(tmp_path: Path) -> None:
    archive = foreign(tmp_path / "a.tar.zst", (member("../x"), b"x"), (member("/abs"), b"y"))
    mkdir(archive)
    check_proven(archive)
    listing = list_archive(ListRequest(archive), Control()).listing
    assert listing.find(b"../x") is not None
    delete(DeleteRequest(archive, ("../x", "abs")), Control())
    assert listed_by_tar(archive) == ["made/"]


def test_mode_of_the_archive_stays(tmp_path: Path) -> None:
    archive = foreign(tmp_path / "a.tar.zst", (member("a"), b"x"))
    os.chmod(archive, 0o604)
    mkdir(archive)
    assert stat.S_IMODE(os.stat(archive).st_mode) == 0o604
