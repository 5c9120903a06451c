"""The content of frames as a stream, whatever the index says of them."""

import random
import tracemalloc
from array import array

import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from tests.core.codecs.frames import pread_of, skippable, zstd
from tests.fuzz.examples import examples
from zpack.codecs import UNKNOWN, FrameError, FrameStream, FrameTable, compress

CONTENTS = [
    b"first " * 3000,
    b"",
    random.Random(1).randbytes(200_000),
    bytes(700_000),
    b"x",
    b"last",
]


class Made:
    """Frames of contents, and the table that belongs to them."""

    def __init__(self, contents: list[bytes], coder=compress) -> None:
        frames = [coder(content) for content in contents]
        self.data = b"".join(frames)
        sizes = [len(frame) for frame in frames]
        self.offset = array("Q", (sum(sizes[:n]) for n in range(len(sizes))))
        self.csize = array("I", sizes)
        self.dsize = array("Q", map(len, contents))
        self.xxh3 = array("Q", map(xxhash.xxh3_64_intdigest, frames))

    def stream(self, first: int = 0, last: int | None = None, **how) -> FrameStream:
        table = FrameTable(self.offset, self.csize, self.dsize, how.pop("xxh3", self.xxh3))
        how.setdefault("check_stored", True)
        last = len(table) if last is None else last
        return FrameStream(pread_of(self.data), table, first, last, **how)


def read_all(stream: FrameStream, pieces: tuple[int, ...] = (1 << 16,)) -> bytes:
    out, number = bytearray(), 0
    while True:
        view = memoryview(bytearray(pieces[number % len(pieces)]))
        count = stream.readinto(view)
        out += view[:count]
        number += 1
        if count < len(view):
            assert stream.readinto(view) == 0
            return bytes(out)


@pytest.mark.parametrize("pieces", [(1,), (7, 511, 3), (512,), (65_537,), (1 << 20,), (1 << 21,)])
def test_pieces_of_any_size(pieces):
    contents = CONTENTS if min(pieces) > 1 else [b"a", b"", b"bcd" * 50]
    stream = Made(contents).stream()
    assert read_all(stream, pieces) == b"".join(contents)
    assert stream.position == sum(map(len, contents))
    assert stream.frame == len(contents)
    assert list(stream.starts) == [sum(map(len, contents[:n])) for n in range(len(contents))]


@examples(40)
@given(
    st.lists(st.binary(max_size=2000), max_size=8),
    st.lists(st.integers(1, 900), min_size=1, max_size=4),
    st.data(),
)
def test_any_stretch_of_any_frames(contents, pieces, data):
    first = data.draw(st.integers(0, len(contents)))
    last = data.draw(st.integers(first, len(contents)))
    stream = Made(contents).stream(first, last)
    assert read_all(stream, tuple(pieces)) == b"".join(contents[first:last])


@pytest.mark.parametrize("coder", [compress, zstd], ids=["ours", "zstd"])
def test_unknown_sizes(coder):
    made = Made(CONTENTS, coder)
    made.dsize = array("Q", [UNKNOWN] * len(CONTENTS))
    stream = made.stream(xxh3=None)
    assert read_all(stream, (999,)) == b"".join(CONTENTS)
    assert list(stream.starts)[-1] == sum(map(len, CONTENTS[:-1]))


def refused(made: Made, frame: int, **how) -> None:
    for pieces in ((1 << 20,), (777,)):
        with pytest.raises(FrameError) as raised:
            read_all(made.stream(**how), pieces)
        assert raised.value.frame == frame


def test_another_hash_of_the_stored_frame():
    made = Made(CONTENTS)
    made.xxh3[3] ^= 1
    refused(made, 3)
    assert read_all(made.stream(check_stored=False)) == b"".join(CONTENTS)


@pytest.mark.parametrize("difference", [1, -1, 512, -512, 1 << 40])
@pytest.mark.parametrize("check_stored", [False, True])
def test_another_content_size(difference, check_stored):
    made = Made(CONTENTS)
    made.dsize[2] += difference
    refused(made, 2, check_stored=check_stored)


def test_a_frame_that_is_cut():
    made = Made(CONTENTS[2:3])
    made.csize[0] = 100_000
    refused(made, 0)
    made = Made(CONTENTS[2:3])
    made.data = made.data[:-1]  # only the checksum is missing
    refused(made, 0)


@pytest.mark.parametrize("size", [100, 1 << 20])
def test_what_is_whole_comes_before_the_damage(size):
    made = Made([b"first " * 50, b"second " * 50, b"third"])
    made.data = made.data[:-7]
    stream, whole = made.stream(), b"first " * 50 + b"second " * 50
    out = bytearray()
    while len(out) < len(whole):
        view = memoryview(bytearray(size))
        out += view[: stream.readinto(view)]
    assert out.startswith(whole)
    with pytest.raises(FrameError) as raised:
        read_all(stream)
    assert raised.value.frame == 2


def test_a_frame_that_is_cut_off_gives_the_same_whoever_reads():
    made = Made([random.Random(2).randbytes(300_000)])
    made.data = made.data[:200_000]
    made.csize[0], made.dsize[0] = len(made.data), UNKNOWN
    whole = read_all(made.stream(xxh3=None), (1 << 20,))
    assert len(whole) > 190_000
    for pieces in [(700,), (1 << 17,), (1024, 512, 1 << 16)]:
        stream, found = made.stream(xxh3=None), bytearray()
        while count := stream.readinto(
            view := memoryview(bytearray(pieces[len(found) % len(pieces)]))
        ):
            found += view[:count]
        assert found == whole, pieces


def test_bytes_after_the_frame_are_hashed_too():
    made = Made([b"content"], lambda content: compress(content) + skippable(b"hidden"))
    assert read_all(made.stream()) == b"content"
    made.data = made.data[:-1] + b"N"
    refused(made, 0)


def test_a_stored_size_of_nothing():
    made = Made([b"content"])
    made.csize[0] = 0
    refused(made, 0)


def test_every_flipped_bit_of_a_frame():
    made = Made([b"some content of a frame " * 4])
    whole = made.data
    for bit in range(8 * len(whole)):
        data = bytearray(whole)
        data[bit // 8] ^= 1 << bit % 8
        made.data = bytes(data)
        with pytest.raises(FrameError):
            read_all(made.stream())


def test_memory_does_not_grow_with_the_content():
    made = Made([bytes(64 << 20)])
    stream, view = made.stream(), memoryview(bytearray(1 << 16))
    tracemalloc.start()
    try:
        while stream.readinto(view):
            pass
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()
    assert stream.position == 64 << 20
