"""compress_stream, decompress_stream: files and iterables, errors of the project, cancelling."""

import io
import os
import subprocess
from collections.abc import Iterator

import pytest

from zpack.errors import BadLevel, ExitCode, StreamDamaged, StreamNotCompressed, StreamNotRead
from zpack.jobs import Cancelled, Control
from zpack.operations import (
    Codec,
    StreamReport,
    compress_chunks,
    compress_stream,
    decompress_chunks,
    decompress_stream,
)

CONTENT = (b"some text that repeats\n" * 400 + os.urandom(3000)) * 100


@pytest.mark.parametrize("codec", Codec)
def test_files(codec: Codec) -> None:
    control, packed, back = Control(), io.BytesIO(), io.BytesIO()
    report = compress_stream(io.BytesIO(CONTENT), packed, codec=codec, control=control)
    assert report == StreamReport(len(CONTENT), len(packed.getvalue()))
    assert control.progress.bytes_out == report.bytes_out
    assert sum(lane.bytes_done for lane in control.progress.lanes) == len(CONTENT)
    packed.seek(0)
    assert decompress_stream(packed, back) == StreamReport(report.bytes_out, len(CONTENT))
    assert back.getvalue() == CONTENT


def test_iterables_of_any_bytes() -> None:
    source = [b"one ", bytearray(b"two "), memoryview(b"three"), b""]
    packed = list(compress_chunks(source))
    assert b"".join(decompress_chunks(packed)) == b"one two three"
    assert b"".join(decompress_chunks(iter(packed), chunk_size=1)) == b"one two three"


def test_pipes(tmp_path: "os.PathLike[str]") -> None:
    with subprocess.Popen(["zstd", "-dcq"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as zstd:
        assert zstd.stdin is not None
        assert zstd.stdout is not None
        with zstd.stdin as target:
            compress_stream(io.BytesIO(CONTENT[:50_000]), target, level=19)
        assert zstd.stdout.read() == CONTENT[:50_000]


class Grudging(io.RawIOBase):
    """Takes and gives a little at a time, as sockets do."""

    def __init__(self, content: bytes = b"") -> None:
        self.content = bytearray(content)

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        count = min(len(buffer), 700, len(self.content))
        buffer[:count], self.content = self.content[:count], self.content[count:]
        return count

    def write(self, data: memoryview) -> int:
        self.content += data[:500]
        return min(500, len(data))


def test_files_that_take_a_little_at_a_time() -> None:
    packed, back = Grudging(), io.BytesIO()
    compress_stream(Grudging(CONTENT[:30_000]), packed)
    decompress_stream(packed, back)
    assert back.getvalue() == CONTENT[:30_000]


def test_no_more_than_a_chunk_is_read_at_a_time() -> None:
    asked: list[int] = []

    class Source(io.BytesIO):
        def read(self, size: int = -1, /) -> bytes:
            asked.append(size)
            return super().read(size)

    compress_stream(Source(CONTENT), io.BytesIO(), chunk_size=4096)
    assert set(asked) == {4096}
    with pytest.raises(ValueError, match="chunk_size"):
        compress_stream(Source(CONTENT), io.BytesIO(), chunk_size=0)


def test_chunks_are_read_as_they_are_taken() -> None:
    given: list[int] = []

    def source() -> Iterator[bytes]:
        for number in range(100):
            given.append(number)
            yield os.urandom(1 << 18)

    next(iter(compress_chunks(source())))
    assert len(given) < 5


@pytest.mark.parametrize(("codec", "level"), [(Codec.ZSTD, 23), (Codec.ZSTD, 0), (Codec.LZ4, 13)])
def test_levels_that_there_are_not(codec: Codec, level: int) -> None:
    with pytest.raises(BadLevel) as refused:
        compress_chunks([b"x"], codec=codec, level=level)
    assert str(13 if codec is Codec.LZ4 else level) in str(refused.value)


class TestDamage:
    def test_cut(self) -> None:
        packed = b"".join(compress_chunks([CONTENT]))
        back = io.BytesIO()
        with pytest.raises(StreamDamaged) as failed:
            decompress_stream(io.BytesIO(packed[:-10]), back)
        assert failed.value.exit_code == ExitCode.DAMAGED
        assert CONTENT.startswith(back.getvalue())
        assert len(back.getvalue()) > len(CONTENT) // 2

    def test_changed(self) -> None:
        packed = bytearray(b"".join(compress_chunks([CONTENT], codec=Codec.LZ4)))
        packed[-1] ^= 1
        with pytest.raises(StreamDamaged) as failed:
            b"".join(decompress_chunks([packed]))
        assert "checksum" in failed.value.details

    def test_something_else(self) -> None:
        for content in (b"", b"plain text", b"PK\3\4"):
            with pytest.raises(StreamNotCompressed):
                b"".join(decompress_chunks([content]))

    def test_a_window_that_is_too_large(self) -> None:
        long = ["zstd", "-cq", "--long=30", "--ultra"]
        done = subprocess.run(long, input=CONTENT, capture_output=True, check=True)
        with pytest.raises(StreamNotRead):
            b"".join(decompress_chunks([done.stdout]))


def test_cancel() -> None:
    control = Control()

    def source() -> Iterator[bytes]:
        yield CONTENT
        control.cancel()
        yield CONTENT
        raise AssertionError("it read on")

    with pytest.raises(Cancelled):
        compress_stream(source(), io.BytesIO(), control=control)
    with pytest.raises(Cancelled):
        decompress_stream(io.BytesIO(b"x"), io.BytesIO(), control=control)


def test_errors_of_the_files_come_through() -> None:
    class Full(io.BytesIO):
        def write(self, data: object, /) -> int:
            raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        compress_stream([CONTENT], Full())
