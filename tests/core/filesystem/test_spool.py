"""Room beside a file: bytes at any offset, gone when it is closed."""

import errno
import os
from pathlib import Path

import pytest

from tests.core.faults.faults import Faults, once
from zpack.errors import OutOfSpace, SystemFailure
from zpack.filesystem import Spool, spool


def test_in_any_order(tmp_path: Path) -> None:
    with Spool(str(tmp_path), "x") as room:
        room.write(b"world", 6)
        room.write(memoryview(b"hello "), 0)
        assert room.read(99, 0) == b"hello world"
        assert room.read(3, 8) == b"rld"
        assert room.read(3, 99) == b""
        room.write(b"!", 1 << 20)
        assert room.read(4, (1 << 20) - 3) == b"\0\0\0!"
        assert os.listdir(tmp_path) == []


def test_on_a_disk_without_nameless_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_NAMELESS", 0)
    with Spool(str(tmp_path), "x") as room:
        room.write(b"hello", 0)
        assert os.listdir(tmp_path) == []
        assert room.read(5, 0) == b"hello"


def test_what_the_system_refuses(tmp_path: Path) -> None:
    with Spool(str(tmp_path), "x") as room:
        with Faults(("pwrite",), once("pwrite", 1, errno.ENOSPC)), pytest.raises(OutOfSpace):
            room.write(b"hello", 0)
        with Faults(("pread",), once("pread", 1, errno.EIO)), pytest.raises(SystemFailure):
            room.read(5, 0)
    with pytest.raises(SystemFailure):
        Spool(str(tmp_path / "gone"), "x")
