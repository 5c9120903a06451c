"""Straight to a file or a pipe."""

import os
import threading
from pathlib import Path

import pytest

from zpack.filesystem import StreamTarget
from zpack.jobs import Cancelled, Control


def test_a_file(tmp_path: Path) -> None:
    with open(tmp_path / "x", "wb") as file:
        with StreamTarget(file.fileno(), "out", lambda: None) as target:
            target.write(b"one")
            target.write(bytes(100_000))
            target.commit()
        assert target.written == 100_003
        assert os.fstat(file.fileno()).st_size == 100_003


@pytest.mark.parametrize("blocking", [True, False])
def test_a_pipe_with_a_slow_reader(blocking: bool) -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, blocking)
    data, read = os.urandom(500_000), bytearray()

    def drain() -> None:
        while piece := os.read(reader, 1000):
            read.extend(piece)

    thread = threading.Thread(target=drain)
    thread.start()
    StreamTarget(writer, "out", lambda: None).write(data)
    os.close(writer)
    thread.join()
    os.close(reader)
    assert read == data


def test_cancelled_while_the_reader_takes_nothing() -> None:
    reader, writer = os.pipe()
    control = Control()
    threading.Timer(0.1, control.cancel).start()
    with pytest.raises(Cancelled):
        StreamTarget(writer, "out", control.check).write(bytes(1 << 20))
    os.close(reader)
    os.close(writer)


def test_a_reader_that_goes_away() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with pytest.raises(BrokenPipeError):
        StreamTarget(writer, "out", lambda: None).write(b"x")
    os.close(writer)
