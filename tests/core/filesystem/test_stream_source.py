"""Bytes that come once."""

import os
import threading
from pathlib import Path

import pytest

from zpack.errors import SourceMissing, SourceUnreadable
from zpack.filesystem import StreamSource
from zpack.jobs import Cancelled, Control


def read_all(source: StreamSource) -> bytes:
    buffer, parts = bytearray(1000), []
    while count := source.readinto(memoryview(buffer)):
        parts.append(bytes(buffer[:count]))
    return b"".join(parts)


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(bytes(range(256)) * 20)
    with StreamSource(str(tmp_path / "x"), lambda: None) as source:
        assert (source.size, source.name) == (5120, str(tmp_path / "x"))
        assert read_all(source) == bytes(range(256)) * 20


def test_a_pipe_that_is_slow(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x")

    def write() -> None:
        with open(tmp_path / "x", "wb", buffering=0) as file:
            for _ in range(20):
                file.write(b"y" * 77)

    with StreamSource(str(tmp_path / "x"), lambda: None) as source:
        thread = threading.Thread(target=write)
        thread.start()
        while not (data := read_all(source)):  # nobody writes yet
            pass
        thread.join()
        data += read_all(source)
    assert source.size is None
    assert data == b"y" * 77 * 20


def test_cancelled_while_nothing_comes(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x")
    keeper = os.open(tmp_path / "x", os.O_RDWR)
    control = Control()
    threading.Timer(0.1, control.cancel).start()
    with StreamSource(str(tmp_path / "x"), control.check) as source, pytest.raises(Cancelled):
        read_all(source)
    os.close(keeper)


def test_what_is_none(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        StreamSource(str(tmp_path / "gone"), lambda: None)
    for path in (str(tmp_path), "a\0b"):
        with pytest.raises(SourceUnreadable):
            StreamSource(path, lambda: None)
