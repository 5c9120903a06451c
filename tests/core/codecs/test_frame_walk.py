"""Finding frames by their headers, in what the zstd program writes."""

import contextlib
import os
import random
import struct

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.core.codecs.frames import pread_of, skippable, zstd
from tests.fuzz.examples import examples
from zpack.codecs import SKIPPABLE_MAX, SKIPPABLE_MIN, ZSTD_MAGIC, WalkError, walk_frames

NOISE = random.Random(1).randbytes(300_000)
TEXT = b"some text, again and again\n" * 20_000
SIZED = f"--stream-size={len(TEXT)}"
FRAMES = {
    "text": (zstd(TEXT, SIZED), len(TEXT), True),
    "no size": (zstd(TEXT), None, True),
    "no checksum": (zstd(TEXT, SIZED, "--no-check"), len(TEXT), False),
    "neither": (zstd(TEXT, "--no-check"), None, False),
    "raw blocks": (zstd(NOISE), None, True),
    "repeated byte": (zstd(bytes(1 << 20), "--stream-size=1048576"), 1 << 20, True),
    "empty": (zstd(b""), None, True),
    "one byte": (zstd(b"x", "--stream-size=1"), 1, True),
    "two-byte size": (zstd(bytes(256), "--stream-size=256"), 256, True),
    "ultra": (zstd(TEXT, SIZED, "--ultra", "-22"), len(TEXT), True),
}


def walked(data: bytes) -> list:
    return list(walk_frames(pread_of(data), len(data)))


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_by_the_program(name):
    data, content, checked = FRAMES[name]
    (span,) = walked(data)
    assert (span.offset, span.length, span.magic) == (0, len(data), ZSTD_MAGIC)
    assert span.checked == checked
    assert span.content in (content, 0 if name == "empty" else content)
    assert not span.skippable


def test_many_frames_with_skippable_ones_between():
    parts = [part for frame, *_ in FRAMES.values() for part in (frame, skippable(b"between"))]
    spans = walked(b"".join(parts))
    assert [span.length for span in spans] == [len(part) for part in parts]
    assert [span.skippable for span in spans] == [False, True] * len(FRAMES)
    ends = [span.offset + span.length for span in spans]
    assert [span.offset for span in spans] == [0, *ends[:-1]]


@pytest.mark.parametrize("magic", [SKIPPABLE_MIN, 0x184D2A57, SKIPPABLE_MAX])
def test_every_skippable_magic(magic):
    (span,) = walked(skippable(b"abc", magic))
    assert (span.magic, span.length, span.content) == (magic, 11, 0)


def test_it_starts_where_it_is_told():
    data = b"something else" + FRAMES["text"][0]
    (span,) = walk_frames(pread_of(data), len(data), start=14)
    assert (span.offset, span.length) == (14, len(data) - 14)


@pytest.mark.parametrize("size", [20, 70_000])  # the second needs four bytes for its number
def test_frames_that_need_a_dictionary(size):
    words = zstandard.ZstdCompressionDict(TEXT[:2000], dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    frame = zstandard.ZstdCompressor(dict_data=words).compress(TEXT[:size])
    assert [span.length for span in walked(frame)] == [len(frame)]
    numbered = with_dictionary_number(frame)
    assert [(s.length, s.content) for s in walked(numbered)] == [(len(numbered), size)]


def with_dictionary_number(frame: bytes) -> bytes:
    """The same frame, naming a dictionary by a number of four bytes."""
    assert frame[4] & 0x23 == 0x20  # one segment: the number comes right after the descriptor
    return frame[:4] + bytes([frame[4] | 3]) + struct.pack("<I", 12345) + frame[5:]


@pytest.mark.parametrize("name", [*FRAMES, "many"])
def test_every_cut_is_noticed(name, tmp_path):
    first = skippable(b"first") + FRAMES["one byte"][0]
    data = first + (FRAMES["text"][0] if name == "many" else FRAMES[name][0])
    path = tmp_path / "cut"
    path.write_bytes(data)
    fd = os.open(path, os.O_RDONLY)
    step = max(1, len(data) // 400)
    try:
        for length in {*range(len(first) + 1, len(data), step), len(data) - 1, len(first) + 4}:
            os.truncate(path, length)
            with pytest.raises(WalkError) as raised:
                list(walk_frames(lambda n, at: os.pread(fd, n, at), length))
            assert raised.value.offset == len(first)
            path.write_bytes(data)
    finally:
        os.close(fd)


@pytest.mark.parametrize(
    "data",
    [b"tar?", b"\0" * 100, struct.pack("<II", SKIPPABLE_MAX + 1, 0), b"\x28\xb5\x2f\xfd\x08" * 9],
)
def test_what_is_no_frame(data):
    with pytest.raises(WalkError):
        walked(data)


def test_a_reserved_block():
    with pytest.raises(WalkError):
        walked(b"\x28\xb5\x2f\xfd\x20\x01" + b"\x07\0\0" + b"x")


@examples(300)
@given(st.binary(max_size=200))
def test_noise_raises_nothing_else(noise):
    for data in (noise, b"\x28\xb5\x2f\xfd" + noise, b"\x50\x2a\x4d\x18" + noise):
        with contextlib.suppress(WalkError):
            assert sum(span.length for span in walked(data)) == len(data)


def test_headers_are_read_not_content(tmp_path):
    read = []

    def pread(length: int, offset: int) -> bytes:
        read.append(length)
        return data[offset : offset + length]

    data = skippable(bytes(50 << 20)) + FRAMES["text"][0]
    assert len(list(walk_frames(pread, len(data)))) == 2
    assert sum(read) < 1 << 20
