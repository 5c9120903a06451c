"""An archive open for reading."""

import os

import pytest

from tests.core.filesystem.ordinary_user import ordinary_user
from zpack.errors import (
    ArchiveChanged,
    ArchiveIsDirectory,
    ArchiveIsPipe,
    SourceMissing,
    SourceUnreadable,
)
from zpack.filesystem import SourceFile

DATA = bytes(range(256)) * 40


@pytest.fixture
def path(tmp_path) -> str:
    place = tmp_path / "file"
    place.write_bytes(DATA)
    return str(place)


@pytest.mark.parametrize(("length", "offset"), [(0, 0), (10, 0), (5, 9000), (10_240, 0)])
def test_reads_at_a_place(path, length, offset):
    with SourceFile(path) as source:
        assert source.size == len(DATA)
        assert source.pread(length, offset) == DATA[offset : offset + length]
        assert source.bytes_read == length


def test_the_end(path):
    with SourceFile(path) as source:
        assert source.pread(100, len(DATA) - 5) == DATA[-5:]
        assert source.pread(100, len(DATA)) == b""
        assert source.pread(100, 1 << 40) == b""


def test_what_cannot_be_opened(tmp_path, public):
    with pytest.raises(SourceMissing):
        SourceFile(str(tmp_path / "missing"))
    with pytest.raises(ArchiveIsDirectory):
        SourceFile(str(tmp_path))
    (public / "closed").touch(0)
    with ordinary_user(), pytest.raises(SourceUnreadable):
        SourceFile(str(public / "closed"))
    os.symlink("loop", tmp_path / "loop")
    with pytest.raises(SourceUnreadable):
        SourceFile(str(tmp_path / "loop"))


def test_a_pipe_does_not_make_it_wait(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ArchiveIsPipe):
        SourceFile(str(tmp_path / "pipe"))


def test_devices_are_no_archives():
    with pytest.raises(ArchiveIsPipe):
        SourceFile("/dev/zero")


def test_it_notices_other_writers(path):
    with SourceFile(path) as source:
        source.check_unchanged()
        found = os.stat(path)
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 1))
        with pytest.raises(ArchiveChanged):
            source.check_unchanged()
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
        source.check_unchanged()
        os.truncate(path, 5)
        with pytest.raises(ArchiveChanged):
            source.check_unchanged()


def test_it_lets_go(path):
    before = len(os.listdir("/proc/self/fd"))
    with SourceFile(path) as source:
        assert len(os.listdir("/proc/self/fd")) == before + 1
    source.close()
    with pytest.raises(ArchiveIsDirectory):
        SourceFile(os.path.dirname(path))
    assert len(os.listdir("/proc/self/fd")) == before
