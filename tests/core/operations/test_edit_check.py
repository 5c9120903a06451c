"""Archives that must not be changed, and plans that cannot be carried out."""

import fcntl
import os
import shutil
import tempfile
from collections import namedtuple
from pathlib import Path

import pytest

from tests.core.filesystem.ordinary_user import ordinary_user
from tests.core.native.parts import put_together, take_apart
from zpack.entries import Column
from zpack.errors import ArchiveBusy, NoRoomForCopy, NotEditable, RequestRefused
from zpack.jobs import Control
from zpack.operations import DeleteRequest, delete


def faults(archive: str | Path) -> list[object]:
    before = Path(archive).read_bytes()
    with pytest.raises(RequestRefused) as caught:
        delete(DeleteRequest(str(archive), ("tree/none",)), Control())
    assert Path(archive).read_bytes() == before
    return list(caught.value.faults)


def test_proof_lost(archive: str) -> None:
    parts = take_apart(Path(archive).read_bytes())
    Path(archive).write_bytes(b"".join(parts.frames))
    (fault,) = faults(archive)
    assert isinstance(fault, NotEditable)
    assert "lost what proves" in fault.details


def test_cut_off(archive: str) -> None:
    data = Path(archive).read_bytes()
    Path(archive).write_bytes(data[: len(data) // 2])
    assert [fault.code for fault in faults(archive)] == ["archive-damaged"]


def test_columns_that_would_be_lost(archive: str) -> None:
    parts = take_apart(Path(archive).read_bytes())
    parts.columns["colour"] = Column("colour", "B", bytes(parts.rows))
    Path(archive).write_bytes(put_together(parts))
    (fault,) = faults(archive)
    assert isinstance(fault, NotEditable)
    assert "newer zpack" in fault.details


def test_another_zpack_is_at_work(archive: str) -> None:
    with open(archive, "rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert [type(fault) for fault in faults(archive)] == [ArchiveBusy]
    delete(DeleteRequest(archive, ("tree/none",)), Control())


def test_no_room(archive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = namedtuple("found", "f_bavail f_frsize")(1, 512)
    monkeypatch.setattr(os, "statvfs", lambda _: found)
    monkeypatch.setattr("zpack.operations.edit_check.shares_blocks", lambda _: False)
    assert [type(fault) for fault in faults(archive)] == [NoRoomForCopy]


def test_read_only(archive: str) -> None:
    with tempfile.TemporaryDirectory(prefix="zpack-test-") as folder:
        copy = shutil.copy(archive, folder)
        os.chmod(folder, 0o777)
        os.chmod(copy, 0o444)
        with ordinary_user():
            assert [fault.code for fault in faults(copy)] == ["archive-read-only"]
        os.chmod(copy, 0o666)
        os.chmod(folder, 0o555)
        with ordinary_user():
            assert [fault.code for fault in faults(copy)] == ["archive-read-only"]
        os.chmod(folder, 0o777)
        with ordinary_user():
            delete(DeleteRequest(copy, ("tree/none",)), Control())
            assert os.stat(copy).st_mode & 0o777 == 0o666
