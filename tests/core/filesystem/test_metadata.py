"""Metadata of what is extracted: kept as far as it may be, and refusals told once."""

import contextlib
import os
import stat
from pathlib import Path

import pytest

from tests.core.filesystem.ordinary_user import ordinary_user
from zpack.entries import NOBODY, Attributes, Device, Kind, Listing, ListingBuilder, Owner
from zpack.filesystem import MetadataKeeper, make_symlink, open_new_file
from zpack.tar import acl_to_text, write_extras

administrator = pytest.mark.skipif(os.geteuid() != 0, reason="only for an administrator")
NAMED = b"user::rw-,user:daemon:rw-:1,group::r--,mask::rw-,other::r--"


@pytest.fixture
def root(tmp_path):
    fd = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
    yield fd
    os.close(fd)


def listing(*names: bytes) -> Listing:
    rows = ListingBuilder()
    for name in names:
        rows.append(0, name, Attributes(Kind.FILE))
    return rows.build()


def keep(root: int, keeper: MetadataKeeper, attributes: Attributes, name: bytes = b"f") -> None:
    fd = open_new_file(root, name)
    try:
        keeper.keep(fd, attributes, 1)
    finally:
        os.close(fd)


def has_acl(path: Path) -> bytes:
    try:
        value = os.getxattr(path, "system.posix_acl_access", follow_symlinks=False)
    except OSError:
        return b""
    return acl_to_text(value, lambda _: b"", lambda _: b"")


@pytest.mark.parametrize("when", [(0, 0), (-2, 500_000_000), (4_000_000_000, 123_456_789)])
def test_mode_and_times(root, tmp_path, when):
    keep(root, MetadataKeeper(), Attributes(Kind.FILE, 0o7751, 0, *when))
    found = (tmp_path / "f").stat()
    assert found.st_mode & 0o7777 == 0o751  # not setuid, setgid, sticky
    assert divmod(found.st_mtime_ns, 10**9) == when


@pytest.mark.parametrize("mtime", [1 << 63, -(1 << 63) - 1, 1 << 80])
def test_times_that_no_system_has(root, mtime):
    with pytest.raises(OSError, match=r"."):
        keep(root, MetadataKeeper(), Attributes(Kind.FILE, 0o644, 0, mtime))


@pytest.mark.parametrize("mtime", [(1 << 63) - 1, -(1 << 63), 1 << 40])
def test_times_that_this_disk_may_not_have(root, tmp_path, mtime):
    with contextlib.suppress(OSError):  # some disks take the nearest that they can have
        keep(root, MetadataKeeper(), Attributes(Kind.FILE, 0o640, 0, mtime))
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o640


def test_attributes_and_acls(root, tmp_path):
    extras = write_extras({b"user.a": b"\0\xff", b"user.none": b""}, {b"access": NAMED})
    keeper = MetadataKeeper()
    keep(root, keeper, Attributes(Kind.FILE, 0o464, extras=extras))
    if not has_acl(tmp_path / "f"):
        pytest.skip("no ACLs here")
    assert os.getxattr(tmp_path / "f", "user.a") == b"\0\xff"
    assert os.getxattr(tmp_path / "f", "user.none") == b""
    assert has_acl(tmp_path / "f") == b"user::rw-,user:1:rw-,group::r--,mask::rw-,other::r--"
    assert keeper.problems(listing(b"f")) == []


def test_a_file_that_must_not_be_written_to_gets_them_too(root, public):
    extras = write_extras({b"user.a": b"x"}, {})
    with ordinary_user():
        fd = os.open(public, os.O_RDONLY | os.O_DIRECTORY)
        keeper = MetadataKeeper()
        keep(fd, keeper, Attributes(Kind.FILE, 0o444, extras=extras))
        os.close(fd)
    assert keeper.problems(listing(b"f")) == []
    assert os.getxattr(public / "f", "user.a") == b"x"


def test_a_default_acl_is_for_folders(root, tmp_path):
    extras = write_extras({}, {b"default": NAMED.replace(b"rw-", b"rwx")})
    keeper = MetadataKeeper()
    keep(root, keeper, Attributes(Kind.FILE, extras=extras))
    os.mkdir(tmp_path / "d")
    fd = os.open(tmp_path / "d", os.O_RDONLY)
    keeper.keep(fd, Attributes(Kind.DIRECTORY, 0o755, extras=extras), 1)
    os.close(fd)
    assert keeper.problems(listing(b"f")) == []
    assert "system.posix_acl_default" in os.listxattr(tmp_path / "d")
    assert os.listxattr(tmp_path / "f") == []


@administrator
def test_what_gives_privileges_only_where_asked_for(root, tmp_path):
    capability = bytes.fromhex("0100000200040000000000000000000000000000")
    extras = write_extras(
        {b"security.capability": capability, b"trusted.a": b"x", b"security.selinux": b"no"}, {}
    )
    attributes = Attributes(Kind.FILE, 0o6755, 0, 5, 0, Owner(12, 34, b"", b""), extras)
    keep(root, MetadataKeeper(), attributes, b"plain")
    assert os.listxattr(tmp_path / "plain") == []
    found = (tmp_path / "plain").stat()
    assert (found.st_uid, found.st_mode & 0o7777) == (0, 0o755)
    keep(root, MetadataKeeper(same_owner=True), attributes, b"full")
    assert sorted(os.listxattr(tmp_path / "full")) == ["security.capability", "trusted.a"]
    found = (tmp_path / "full").stat()
    assert (found.st_uid, found.st_gid, found.st_mode & 0o7777) == (12, 34, 0o6755)
    assert found.st_mtime == 5


@administrator
def test_owners_by_name_before_id(root, tmp_path):
    keeper = MetadataKeeper(same_owner=True)
    keep(root, keeper, Attributes(Kind.FILE, owner=Owner(99, 98, b"daemon", b"no such group")))
    found = (tmp_path / "f").stat()
    assert (found.st_uid, found.st_gid) == (1, 98)
    make_symlink(root, b"link", b"nowhere", Attributes(Kind.SYMLINK))
    keeper.keep_link(root, b"link", Attributes(Kind.SYMLINK, owner=Owner(5, 6, b"", b"")), 1)
    assert (tmp_path / "link").lstat().st_uid == 5


@administrator
def test_an_owner_refused_gets_no_setuid(public):
    keeper = MetadataKeeper(same_owner=True)
    with ordinary_user():
        fd = os.open(public, os.O_RDONLY | os.O_DIRECTORY)
        for name in (b"a", b"b"):
            keep(fd, keeper, Attributes(Kind.FILE, 0o6711, owner=Owner(0, 0, b"", b"")), name)
        os.close(fd)
    assert (public / "a").stat().st_mode & 0o7777 == 0o711
    (problem,) = keeper.problems(listing(b"a"))
    assert (problem.code, problem.path) == ("metadata-lost", "a")
    assert problem.title == "Owners could not be kept"


def test_one_problem_for_each_reason(root, monkeypatch):
    def refuse(target: object, name: object, value: object) -> None:
        del target, name, value
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "setxattr", refuse)
    keeper = MetadataKeeper()
    extras = write_extras({b"user.a": b"x", b"user.b": b"x"}, {b"access": NAMED})
    for number in range(3):
        fd = open_new_file(root, b"%d" % number)
        keeper.keep(fd, Attributes(Kind.FILE, extras=extras), number + 1)
        os.close(fd)
    problems = keeper.problems(listing(b"0", b"1", b"2"))
    assert [problem.details for problem in problems] == [
        "0, and 2 more: this disk does not keep them.",
        "0, and 2 more: this disk does not keep them.",
    ]
    assert {problem.title for problem in problems} == {
        "Extended attributes could not be kept",
        "Access control lists could not be kept",
    }


def test_an_acl_that_only_repeats_the_mode_is_no_loss(root, monkeypatch):
    monkeypatch.setattr(os, "setxattr", lambda *_: (_ for _ in ()).throw(OSError(95, "no")))
    keeper = MetadataKeeper()
    extras = write_extras({}, {b"access": b"user::rw-\ngroup::r--\nother::r--\n"})
    keep(root, keeper, Attributes(Kind.FILE, extras=extras))
    assert keeper.problems(listing(b"f")) == []


@pytest.mark.parametrize(
    "extras",
    [
        b"not a record",
        write_extras({b"user.\0": b"x"}, {}),
        write_extras({b"user." + b"n" * 300: b"x"}, {}),
        write_extras({}, {b"access": b"user:nobody here:rwx"}),
        write_extras({}, {b"access": b"what"}),
    ],
)
def test_what_makes_no_sense_is_told(root, tmp_path, extras):
    keeper = MetadataKeeper()
    keep(root, keeper, Attributes(Kind.FILE, 0o640, extras=extras))
    assert len(keeper.problems(listing(b"f"))) == 1
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o640


def test_what_belongs_to_other_systems_is_passed_over(root, tmp_path):
    keeper = MetadataKeeper()
    extras = write_extras({b"com.apple.quarantine": b"x", b"security.ima": b"x"}, {b"ace": b"x"})
    keep(root, keeper, Attributes(Kind.FILE, extras=extras))
    assert keeper.problems(listing(b"f")) == []
    assert os.listxattr(tmp_path / "f") == []


def test_a_fifo(root, tmp_path):
    keeper = MetadataKeeper()
    keeper.make_node(root, b"pipe", Attributes(Kind.FIFO, 0o622, 0, 7, 8, NOBODY), 1)
    found = (tmp_path / "pipe").stat()
    assert stat.S_ISFIFO(found.st_mode)
    assert (found.st_mode & 0o777, found.st_mtime_ns) == (0o622, 7_000_000_008)
    with pytest.raises(FileExistsError):
        keeper.make_node(root, b"pipe", Attributes(Kind.FIFO), 1)


@administrator
@pytest.mark.parametrize("kind", [Kind.CHARACTER_DEVICE, Kind.BLOCK_DEVICE])
def test_a_device(root, tmp_path, kind):
    attributes = Attributes(kind, 0o640, device=Device(1, 3))
    try:
        MetadataKeeper(same_owner=True).make_node(root, b"node", attributes, 1)
    except PermissionError:
        pytest.skip("not even an administrator may make devices here")
    found = (tmp_path / "node").stat()
    assert (os.major(found.st_rdev), os.minor(found.st_rdev)) == (1, 3)
    assert stat.S_ISBLK(found.st_mode) is (kind == Kind.BLOCK_DEVICE)
    assert found.st_mode & 0o777 == 0o640
