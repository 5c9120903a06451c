"""A disk that cannot read some places of an archive: what is elsewhere comes out, and what is not
whole is named."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.native.parts import Content, make_archive
from tests.core.operations.hostile import foreign, member
from zpack.errors import ExitCode, ReadFailed, SystemFailure
from zpack.filesystem import patience
from zpack.jobs import Control
from zpack.operations import ExtractRequest, Proof, VerifyRequest, extract, verify

FILES = {b"file %d" % number: os.urandom(50_000) for number in range(12)}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "sleep", lambda seconds: None)


def bad_spot(begin: int, end: int, number: int = errno.EIO) -> Callable[[int, int, int], bytes]:
    """``os.pread`` on a disk that cannot read these bytes of any file."""
    real = os.pread

    def pread(fd: int, length: int, offset: int) -> bytes:
        if offset < begin:  # as far as it can be read
            return real(fd, min(length, begin - offset), offset)
        if offset < end:
            raise OSError(number, os.strerror(number))
        return real(fd, length, offset)

    return pread


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "a.tar.zst"
    path.write_bytes(make_archive(Content(files=FILES), capacity=65536))
    return path


def come_out(folder: Path) -> set[bytes]:
    found = {os.fsencode(path.name): path.read_bytes() for path in folder.iterdir()}
    assert all(FILES[name] == content for name, content in found.items())
    return set(found)


def test_the_rest_comes_out(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "pread", bad_spot(200_000, 200_001))
    report = extract(ExtractRequest(str(archive), str(tmp_path / "out")), Control())
    lost = {os.fsencode(problem.path) for problem in report.problems}
    assert 1 <= len(lost) <= 2
    assert come_out(tmp_path / "out") == FILES.keys() - lost
    assert report.exit_code is ExitCode.DAMAGED
    assert "the disk cannot read a part of it" in report.problems[0].details


def test_verifying_tells_where(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "pread", bad_spot(200_000, 200_001))
    report = verify(VerifyRequest(str(archive)), Control())
    assert report.proof is Proof.DAMAGED
    assert report.good >= len(FILES) - 2


def test_an_archive_by_others_as_far_as_it_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = ((member(name.decode()), data) for name, data in FILES.items())
    path = foreign(tmp_path / "x.tar.zst", *members)
    size = os.path.getsize(path)
    for begin in (size // 2, size - 2000, 250_000):
        with monkeypatch.context() as context:
            context.setattr(os, "pread", bad_spot(begin, begin + 1))
            assert verify(VerifyRequest(path), Control()).proof is Proof.DAMAGED


def test_the_index_itself(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tar, which is the truth, is read instead."""
    size = archive.stat().st_size
    monkeypatch.setattr(os, "pread", bad_spot(size - 10, size))
    report = extract(ExtractRequest(str(archive), str(tmp_path / "out")), Control())
    assert come_out(tmp_path / "out") == FILES.keys()
    assert report.exit_code is ExitCode.DAMAGED


def test_a_disk_that_is_gone(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is no damage: there is nothing to be told of the files."""
    monkeypatch.setattr(os, "pread", bad_spot(10_000, 20_000, errno.ENOTCONN))
    with pytest.raises(SystemFailure) as raised:
        extract(ExtractRequest(str(archive), str(tmp_path / "out")), Control())
    assert not isinstance(raised.value, ReadFailed)
    assert not (tmp_path / "out").exists()
