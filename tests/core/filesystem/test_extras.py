"""Extended attributes and ACLs of sources."""

import errno
import os
import subprocess
from pathlib import Path

import pytest

from zpack.filesystem.extras import MOST_EXTRAS, ExtrasReader
from zpack.tar import read_extras


def read(path: Path, reader: ExtrasReader | None = None) -> tuple[dict, dict]:
    reader = reader or ExtrasReader()
    fd = os.open(path, os.O_RDONLY)
    try:
        return read_extras(reader.read(fd, os.fstat(fd).st_dev, os.fsencode(path)))
    finally:
        os.close(fd)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.touch()
    try:
        os.setxattr(path, "user.a", b"\0\xff")
    except OSError:
        pytest.skip("no attributes here")
    return path


def test_attributes(file):
    os.setxattr(file, "user.=%", b"")
    assert read(file) == ({b"user.a": b"\0\xff", b"user.=%": b""}, {})


def test_acls(tmp_path):
    (tmp_path / "d").mkdir()
    try:
        subprocess.run(["setfacl", "-m", "u:12345:rwx,d:g:12345:r-x", tmp_path / "d"], check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no ACLs here")
    _, acls = read(tmp_path / "d")
    assert acls == {
        b"access": b"user::rwx,user:12345:rwx,group::r-x,mask::rwx,other::r-x",
        b"default": b"user::rwx,group::r-x,group:12345:r-x,mask::r-x,other::r-x",
    }


def test_a_path_is_not_followed(file, tmp_path):
    os.symlink("file", tmp_path / "link")
    device = file.stat().st_dev
    assert ExtrasReader().read(os.fsencode(tmp_path / "link"), device, b"link") == b""
    followed = ExtrasReader().read(os.fsencode(tmp_path / "link"), device, b"l", follow=True)
    assert read_extras(followed)[0] == {b"user.a": b"\0\xff"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only for an administrator")
def test_which_are_kept(file):
    for name in ("trusted.a", "security.capability", "security.other"):
        value = bytes.fromhex("0100000200040000000000000000000000000000")
        os.setxattr(file, name, value)
    assert sorted(read(file)[0]) == [b"security.capability", b"trusted.a", b"user.a"]


def test_a_disk_without_any_is_asked_once(file, monkeypatch):
    asked = []

    def refuse(place: object, *, follow_symlinks: bool) -> list[str]:
        asked.append((place, follow_symlinks))
        raise OSError(errno.ENOTSUP, "not supported")

    monkeypatch.setattr(os, "listxattr", refuse)
    reader = ExtrasReader()
    for _ in range(5):
        assert read(file, reader) == ({}, {})
    assert len(asked) == 1
    assert reader.problems() == []


def test_what_cannot_be_read_is_told_once(file, monkeypatch):
    def refuse(*_: object, **__: object) -> bytes:
        raise OSError(errno.EACCES, "denied")

    monkeypatch.setattr(os, "getxattr", refuse)
    reader = ExtrasReader()
    for number in range(3):
        assert reader.read(os.fsencode(file), 1, b"f%d" % number) == b""
    (problem,) = reader.problems()
    assert (problem.code, problem.path) == ("attributes-unread", "f0")
    assert problem.details == "f0, and 2 more: you do not have permission."


def test_one_that_is_just_gone_is_no_problem(file, monkeypatch):
    def gone(*_: object, **__: object) -> bytes:
        raise OSError(errno.ENODATA, "gone")

    monkeypatch.setattr(os, "getxattr", gone)
    reader = ExtrasReader()
    assert read(file, reader) == ({}, {})
    assert reader.problems() == []


def test_more_than_an_archive_holds(file, monkeypatch):
    names = [f"user.{number}" for number in range(20)]
    monkeypatch.setattr(os, "listxattr", lambda *_, **__: names)
    monkeypatch.setattr(os, "getxattr", lambda *_, **__: bytes(MOST_EXTRAS // 19))
    reader = ExtrasReader()
    assert read(file, reader) == ({}, {})
    assert len(reader.problems()) == 1
