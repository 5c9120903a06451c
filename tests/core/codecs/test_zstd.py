"""zstd frames: what their headers say, who can read them, how they are stopped."""

import random

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.core.codecs.frames import parse_header, skippable, unpacked_by_zstd, zstd
from tests.fuzz.examples import examples
from zpack.codecs import MAX_WINDOW_LOG, Encoder, coder_memory, compress, decompress

TEXT = b"".join(b"line %d of a text that repeats itself\n" % n for n in range(4000))


def nothing() -> None:
    """A check that never stops anything."""


class Stop(BaseException):
    """Raised by a check."""


@pytest.mark.parametrize("long_distance", [False, True])
def test_every_level_writes_frames_that_everyone_reads(long_distance):
    frames = []
    for level in range(1, 23):
        frame = Encoder(level, long_distance=long_distance).encode(memoryview(TEXT), nothing)
        header = parse_header(frame)
        assert header.content == len(TEXT)
        assert header.checked
        assert header.window <= 1 << MAX_WINDOW_LOG
        frames.append(frame)
    assert unpacked_by_zstd(b"".join(frames)) == TEXT * 22


@pytest.mark.parametrize(("level", "long_distance"), [(1, True), (22, False)])
def test_window_stays_readable_where_content_is_larger(level, long_distance):
    size = (1 << MAX_WINDOW_LOG) + 1
    frame = Encoder(level, long_distance=long_distance).encode(memoryview(bytes(size)), nothing)
    header = parse_header(frame)
    assert header.content == size
    assert header.window == 1 << MAX_WINDOW_LOG


def test_long_distance_finds_what_lies_far_back():
    block = random.Random(1).randbytes(1 << 20)
    content = memoryview(block + random.Random(2).randbytes(9 << 20) + block)
    near = Encoder(1).encode(content, nothing)
    far = Encoder(1, long_distance=True).encode(content, nothing)
    assert len(far) < len(near) - (len(block) // 2)


@pytest.mark.parametrize(
    ("level", "step"), [(1, 8 << 20), (4, 8 << 20), (5, 1 << 20), (10, 128 << 10), (22, 128 << 10)]
)
@pytest.mark.parametrize("size", [3 << 20, 9 << 20])
def test_check_is_called_often(level, step, size):
    calls = []
    Encoder(level).encode(memoryview(bytes(size)), lambda: calls.append(1))
    assert len(calls) >= size // step
    assert calls


def test_check_stops_it_and_the_next_frame_is_whole():
    encoder = Encoder(5)
    calls = []

    def stop_at_second() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise Stop

    with pytest.raises(Stop):
        encoder.encode(memoryview(bytes(8 << 20)), stop_at_second)
    assert len(calls) == 2
    assert unpacked_by_zstd(encoder.encode(memoryview(TEXT), nothing)) == TEXT


@pytest.mark.parametrize("size", [0, 1, 255, 256, 65_791, 65_792, 1 << 20])
def test_sizes_around_the_widths_of_the_size_field(size):
    frame = Encoder(1).encode(memoryview(bytes(size)), nothing)
    assert parse_header(frame).content == size
    assert decompress(frame, size) == bytes(size)


@examples(50)
@given(st.binary(max_size=3000))
def test_metadata_round_trip(data):
    frame = compress(data)
    header = parse_header(frame)
    assert (header.content, header.checked) == (len(data), True)
    assert decompress(frame, len(data)) == data
    assert decompress(memoryview(frame), len(data)) == data


def hostile_frames() -> dict[str, bytes]:
    good = compress(TEXT)
    return {
        "empty": b"",
        "not zstd": b"not a frame at all",
        "without checksum": zstandard.ZstdCompressor(write_checksum=False).compress(TEXT),
        "without content size": zstd(TEXT, "--no-content-size"),
        "something follows": good + b"\0",
        "a frame follows": good + compress(b""),
        "a skippable frame follows": good + skippable(b"x"),
        "a skippable frame before": skippable(b"x") + good,
        "another content": compress(TEXT[:-1] + b"?")[:-4] + good[-4:],
    }


@pytest.mark.parametrize("name", hostile_frames())
def test_decompress_refuses(name):
    with pytest.raises(zstandard.ZstdError):
        decompress(hostile_frames()[name], len(TEXT))


def test_decompress_refuses_every_cut():
    frame = compress(TEXT)
    for length in range(len(frame)):
        with pytest.raises(zstandard.ZstdError):
            decompress(frame[:length], len(TEXT))


@pytest.mark.parametrize("length", [0, len(TEXT) - 1, len(TEXT) + 1, 1 << 60])
def test_decompress_refuses_another_length(length):
    with pytest.raises(zstandard.ZstdError):
        decompress(compress(TEXT), length)


@pytest.mark.parametrize("level", [1, 2, 3, 9])
def test_the_window_covers_the_frame(level):
    part = random.Random(1).randbytes(1 << 20)
    content = memoryview(part + bytes(5 << 20) + part)
    frame = Encoder(level, 8 << 20).encode(content, nothing)
    assert len(frame) < 1.1 * len(part)
    assert zstandard.get_frame_parameters(frame).window_size <= 8 << 20


def test_long_distance_matching_takes_no_larger_window_than_the_frame():
    frame = Encoder(1, 4 << 20, long_distance=True).encode(memoryview(TEXT * 4), nothing)
    assert zstandard.get_frame_parameters(frame).window_size <= 4 << 20


def test_slower_levels_take_more_memory():
    quick, slow = coder_memory(1, 8 << 20), coder_memory(19, 64 << 20, long_distance=True)
    assert 24 << 20 < quick < 64 << 20
    assert 256 << 20 < slow < 600 << 20
