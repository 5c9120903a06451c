"""Classes 5 to 7: modes and times through links; clean-up outside; bits and nodes with powers.

tarfile 2024-12718; libarchive 2021-31566, 2021-23177. File Roller 2016-7162; Ark 2011-2725.
"""

import os
import stat
import tarfile
from pathlib import Path

import pytest

from tests.core.threats.crafting import FORMS, file, folder, member, symlink, with_records
from tests.core.threats.field import Field, seen
from zpack.jobs import Cancelled, Control
from zpack.operations import ExtractRequest, OnConflict, extract
from zpack.operations.leftovers import clear_leftovers


@pytest.mark.parametrize("target", ["../folder", "../evil", ".."])
def test_class_5_of_a_link_only_the_link_itself(field: Field, target: str) -> None:
    info = member("link", tarfile.SYMTYPE, target, mode=0o4777, mtime=1)
    field.put((info, b""))
    assert field.attack().code == 0
    assert (field.out / "link").lstat().st_mtime == 1


def test_class_5_a_link_and_a_folder_of_one_name(field: Field) -> None:
    field.put(folder("d", mode=0o777, mtime=1), symlink("d", "../folder"))
    field.attack()
    field.put(symlink("d", "../folder"), folder("d", mode=0o777, mtime=1))
    field.extract("--conflict", "overwrite")


def test_class_5_a_folder_that_became_a_link(tmp_path: Path) -> None:
    """Between its contents and its mode another program swaps it."""
    field = Field(tmp_path, "tar.zst")
    field.put(folder("d", mode=0o777, mtime=1), file("d/f"))
    out = field.out / "new"
    (out / "x").mkdir(parents=True)

    class Swapping(Control):
        def check(self) -> None:
            if (out / "d" / "f").exists() and not (out / "d").is_symlink():
                (out / "d").rename(out / "was d")
                (out / "d").symlink_to(field.folder)

    report = extract(ExtractRequest(str(field.archive), str(out)), Swapping())
    assert "d" in {problem.path for problem in report.problems}
    field.check()


@pytest.mark.parametrize("form", FORMS)
def test_class_6_taking_back_removes_only_what_was_made(tmp_path: Path, form: str) -> None:
    """The folder has been swapped for a link to one with files of the same names."""
    field = Field(tmp_path, form)
    (field.out / "mine").write_text("mine")
    field.put(folder("d"), file("d/evil"), file("d/deep/readonly"), file("last"))

    class Cancelling(Control):
        def check(self) -> None:
            if (field.out / "d" / "evil").exists() and not (field.out / "d").is_symlink():
                (field.out / "d").rename(field.out / "moved")
                (field.out / "d").symlink_to(field.folder)
                self.cancel()
            super().check()

    with pytest.raises(Cancelled):
        extract(ExtractRequest(str(field.archive), str(field.out)), Cancelling())
    field.check()
    assert (field.out / "mine").read_text() == "mine"


def test_class_6_what_is_left_behind_is_not_sought_through_links(field: Field) -> None:
    left = ".x.0123abcd.zpack-part"
    (field.folder / left).write_text("of another program")
    (field.out / left).symlink_to("../folder")
    (field.out / ".y.0123abcd.zpack-part").symlink_to("../evil")
    field.before = seen(field.outside, "out")
    field.put(file("a"))
    assert field.extract().code == 0
    clear_leftovers(ExtractRequest(str(field.archive), str(field.out)))
    field.check()


@pytest.mark.parametrize("mode", [0o4755, 0o2755, 0o1777, 0o7777])
def test_class_7_bits_with_powers(field: Field, mode: int) -> None:
    field.put(file("program", mode=mode), folder("d", mode=mode), symlink("s", "program"))
    assert field.attack().code == 0
    assert stat.S_IMODE((field.out / "program").stat().st_mode) == mode & 0o777
    assert stat.S_IMODE((field.out / "d").stat().st_mode) == mode & 0o1777


NODES = [tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE]


@pytest.mark.parametrize("kind", NODES, ids=["fifo", "character device", "block device"])
def test_class_7_nodes(field: Field, kind: bytes) -> None:
    field.put((member("node", kind, devmajor=1, devminor=3), b""), file("beside"))
    answer = field.attack()
    assert answer.problems == {("left-out", "node")}
    assert answer.code == 3
    assert field.came_out == {"beside"}


def test_class_7_a_node_that_lies_there_is_not_written_to(field: Field) -> None:
    os.mkfifo(field.out / "pipe")
    field.put(file("pipe"))
    for how in ("skip", "rename", "overwrite"):
        field.extract("--conflict", how)  # writing to it would wait for a reader for ever
    assert (field.out / "pipe").read_bytes() == b"evil"


def test_class_7_under_a_name_twice(field: Field) -> None:
    """A node must not come in as another name of one."""
    field.put(
        (member("node", tarfile.CHRTYPE, devmajor=1, devminor=3), b""),
        (member("again", tarfile.LNKTYPE, "node"), b""),
    )
    assert field.attack().named == {"node", "again"}
    assert field.came_out == set()


def test_class_7_conflicts_do_not_keep_old_powers(field: Field) -> None:
    (field.out / "tool").write_text("old")
    (field.out / "tool").chmod(0o4755)
    field.put(file("tool", mode=0o755))
    request = ExtractRequest(str(field.archive), str(field.out), conflict=OnConflict.OVERWRITE)
    extract(request, Control())
    assert stat.S_IMODE((field.out / "tool").stat().st_mode) == 0o755


ACL = "user::rwx,user:nobody:rwx,group::rwx,mask::rwx,other::rwx"


@pytest.mark.parametrize("target", ["../evil", "../folder"])
def test_class_5_attributes_and_acls_of_a_link(field: Field, target: str) -> None:
    """libarchive 2021-23177, 2021-31566: those of the link went to what it points to."""
    records = {"SCHILY__xattr__user__evil": "1", "SCHILY__acl__access": ACL}
    field.put(with_records(symlink("link", target), **records))
    field.attack()
    assert os.readlink(field.out / "link") == target


def test_class_5_an_acl_of_a_folder_that_is_a_link_on_disk(field: Field) -> None:
    (field.out / "d").symlink_to("../folder")
    records = {"SCHILY__acl__default": ACL, "SCHILY__acl__access": ACL}
    field.put(with_records(folder("d"), **records), file("d/f"))
    assert "d" in field.extract("--conflict", "overwrite").named


def test_class_7_attributes_that_give_power(field: Field) -> None:
    """Capabilities are setuid by another name; also for root nobody gets them unasked."""
    records = {
        "SCHILY__xattr__security__capability": "\x01\0\0\x02\x01" + "\0" * 15,
        "SCHILY__xattr__trusted__evil": "1",
        "SCHILY__xattr__security__selinux": "evil",
        "SCHILY__xattr__system__posix_acl_access": "evil",
        "SCHILY__xattr__user__fine": "1",
    }
    field.put(with_records(file("program", mode=0o755), **records))
    field.attack()
    names = os.listxattr(field.out / "program")
    assert not any(name.startswith(("security.", "trusted.", "system.")) for name in names)
