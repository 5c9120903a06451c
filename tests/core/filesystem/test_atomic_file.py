"""A file that appears only when whole."""

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.core.filesystem.ordinary_user import ordinary_user
from zpack.errors import SystemFailure, TargetExists, TargetIsDirectory, TargetUnwritable
from zpack.filesystem import UMASK, AtomicFile


def write(target: Path, content: bytes = b"new", *, overwrite: bool = False) -> None:
    with AtomicFile(str(target), overwrite=overwrite) as file:
        file.write(content)
        file.commit()


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_it_appears_when_committed(tmp_path):
    target = tmp_path / "target"
    with AtomicFile(str(target), overwrite=False) as file:
        file.write(b"one, ")
        file.write(b"")
        file.write(b"two")
        assert not target.exists()
        (hidden,) = tmp_path.iterdir()
        assert hidden.name.startswith(".")
        assert mode(hidden) == 0o600
        file.commit()
    assert file.written == 8
    assert target.read_bytes() == b"one, two"
    assert [*tmp_path.iterdir()] == [target]
    assert mode(target) == 0o666 & ~UMASK


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("error", [None, ValueError, KeyboardInterrupt])
def test_without_a_commit_nothing_is_left(tmp_path, overwrite, error):
    target = tmp_path / "target"
    if overwrite:
        target.write_bytes(b"old")
    before = sorted(tmp_path.iterdir())
    try:
        with AtomicFile(str(target), overwrite=overwrite) as file:
            file.write(b"new")
            if error:
                raise error
    except (ValueError, KeyboardInterrupt):
        assert error
    assert sorted(tmp_path.iterdir()) == before
    assert not overwrite or target.read_bytes() == b"old"


def test_what_is_replaced_keeps_its_mode(tmp_path):
    target = tmp_path / "target"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write(target, overwrite=True)
    assert (target.read_bytes(), mode(target)) == (b"new", 0o640)
    assert [*tmp_path.iterdir()] == [target]


@pytest.mark.parametrize("old", ["file", "link", "folder"])
def test_what_came_in_between_stays(tmp_path, old):
    target = tmp_path / "target"
    file = AtomicFile(str(target), overwrite=False)
    with file:
        file.write(b"new")
        if old == "file":
            target.write_bytes(b"old")
        elif old == "link":
            os.symlink("nowhere", target)
        else:
            target.mkdir()
        with pytest.raises(TargetExists):
            file.commit()
    assert [*tmp_path.iterdir()] == [target]
    assert old != "file" or target.read_bytes() == b"old"


def test_a_folder_is_never_replaced(tmp_path):
    (tmp_path / "target").mkdir()
    with (
        AtomicFile(str(tmp_path / "target"), overwrite=True) as file,
        pytest.raises(TargetIsDirectory),
    ):
        file.commit()
    assert [*tmp_path.iterdir()] == [tmp_path / "target"]


def test_a_target_that_is_a_link_stays_one(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").write_bytes(b"old")
    os.symlink("real/file", tmp_path / "link")
    write(tmp_path / "link", overwrite=True)
    assert os.readlink(tmp_path / "link") == "real/file"
    assert (tmp_path / "real" / "file").read_bytes() == b"new"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file", "link", "real"]


def test_where_nothing_can_be_written(tmp_path, public):
    with pytest.raises(TargetUnwritable):
        AtomicFile(str(tmp_path / "missing" / "target"), overwrite=False)
    public.chmod(0o555)
    with ordinary_user(), pytest.raises(TargetUnwritable):
        AtomicFile(str(public / "target"), overwrite=False)


def test_a_name_as_long_as_can_be(tmp_path):
    write(tmp_path / ("n" * 255))
    write(tmp_path / ("ä" * 127))
    assert len([*tmp_path.iterdir()]) == 2


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_write_that_the_system_cuts_short(tmp_path):
    target = tmp_path / "target"
    target.write_bytes(b"old")
    with AtomicFile(str(target), overwrite=True) as file:
        with largest_file(100_000), pytest.raises(SystemFailure) as raised:
            file.write(bytes(300_000))
        assert raised.value.path == str(target)
        assert raised.value.__cause__.errno == errno.EFBIG
    assert target.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [target]


def test_two_at_once_do_not_disturb_each_other(tmp_path):
    target = str(tmp_path / "target")
    with AtomicFile(target, overwrite=True) as one, AtomicFile(target, overwrite=True) as two:
        one.write(b"one")
        two.write(b"two")
        one.commit()
        two.commit()
    assert (tmp_path / "target").read_bytes() == b"two"
    assert len([*tmp_path.iterdir()]) == 1
