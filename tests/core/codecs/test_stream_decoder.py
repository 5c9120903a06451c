"""Streams by every tool, in pieces of any size; cut anywhere, damaged anywhere."""

import contextlib
import os
import subprocess

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from zpack.codecs import CodecError, NotCompressed, NotDecodable, StreamDecoder

CONTENT = (b"some text that repeats\n" * 400 + os.urandom(3000)) * 40
PROGRAMS = [
    ["zstd"],
    ["zstd", "-19", "--no-check"],
    ["zstd", "--long=27"],
    ["zstd", "--fast=3", "-B100"],
    ["lz4"],
    ["lz4", "-9", "-BD", "-BX"],
    ["lz4", "-B4", "--no-frame-crc"],
    ["lz4", "--content-size"],
    ["lz4", "-l"],
]


def decode(data: bytes, step: int = 1 << 16) -> bytes:
    decoder = StreamDecoder()
    out = bytearray()
    for start in range(0, len(data), step):
        for piece in decoder.feed(data[start : start + step]):
            out += piece
    decoder.finish()
    return bytes(out)


def by(program: list[str], content: bytes = CONTENT) -> bytes:
    done = subprocess.run([*program, "-c", "-q"], input=content, capture_output=True, check=True)
    return done.stdout


@pytest.mark.parametrize("program", PROGRAMS, ids=" ".join)
@pytest.mark.parametrize("step", [1, 977, 1 << 20])
def test_what_other_programs_make(program: list[str], step: int) -> None:
    content = CONTENT if step > 1 else CONTENT[:20_000]
    assert decode(by(program, content), step) == content
    assert decode(by(program, b"")) == b""


def test_one_frame_after_another() -> None:
    skippable = b"\x5d\x2a\x4d\x18" + (200_000).to_bytes(4, "little") + bytes(200_000)
    stream = skippable + by(["zstd"]) + skippable + by(["lz4"]) + by(["lz4", "-l"])
    assert decode(stream + by(["zstd"], b"end"), 5000) == CONTENT * 3 + b"end"
    assert decode(by(["lz4", "-l"]) + by(["lz4", "-l"])) == CONTENT * 2


@pytest.mark.parametrize("program", PROGRAMS, ids=" ".join)
def test_cut_anywhere(program: list[str]) -> None:
    stream = by(program, CONTENT[:30_000])
    whole = {len(stream), 4 if "-l" in program else 0}  # a legacy frame may end after any block
    for length in {*range(1, 20), *range(20, len(stream), 997), len(stream) - 1} - whole:
        with pytest.raises(CodecError):
            decode(stream[:length])


def test_bytes_after_the_end() -> None:
    for more in (b"x", b"\0\0\0\0", b"more than four"):
        with pytest.raises(CodecError) as failed:
            decode(by(["zstd"]) + more)
        assert not isinstance(failed.value, NotCompressed)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and more", b"plain text"])
def test_what_is_not_compressed(data: bytes) -> None:
    with pytest.raises(NotCompressed):
        decode(data)


def test_what_needs_more_than_is_accepted() -> None:
    large = zstandard.ZstdCompressionParameters(window_log=28)
    coder = zstandard.ZstdCompressor(compression_params=large).compressobj()
    with pytest.raises(NotDecodable):
        decode(coder.compress(CONTENT) + coder.flush())
    words = zstandard.train_dictionary(1000, [b"%d words" % n * n for n in range(500)])
    with pytest.raises(NotDecodable):
        decode(zstandard.ZstdCompressor(dict_data=words).compress(CONTENT))


def test_a_bomb_comes_in_small_pieces() -> None:
    stream = zstandard.ZstdCompressor().compress(bytes(200 << 20))
    assert len(stream) < 30_000
    sizes = [len(piece) for piece in StreamDecoder().feed(stream)]
    assert (sum(sizes), max(sizes)) == (200 << 20, 128 << 10)


def test_what_comes_before_damage_is_given() -> None:
    stream = bytearray(by(["zstd"], os.urandom(1 << 20)))
    stream[-1] ^= 1  # the checksum
    decoder, got = StreamDecoder(), 0
    with pytest.raises(CodecError):  # noqa: PT012
        for piece in decoder.feed(stream):
            got += len(piece)
    assert got == 7 << 17
    assert 0 < decoder.position < len(stream)


@pytest.mark.parametrize("program", [["zstd"], ["lz4"], ["lz4", "-BX"], ["lz4", "-l"]])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damage_is_an_error_or_harmless(program: list[str], data: st.DataObject) -> None:
    stream = bytearray(by(program, CONTENT[:9000]))
    at = data.draw(st.integers(0, len(stream) - 1))
    stream[at] ^= data.draw(st.integers(1, 255))
    try:
        content = decode(bytes(stream))
    except CodecError:
        return
    # The legacy format has no checksums at all; elsewhere a header's unused bits may change.
    assert program == ["lz4", "-l"] or content in (CONTENT[:9000], b"")


@settings(max_examples=200, deadline=None)
@given(
    magic=st.sampled_from([b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"\x02\x21\x4c\x18"]),
    rest=st.binary(max_size=300),
)
def test_noise(magic: bytes, rest: bytes) -> None:
    with contextlib.suppress(CodecError):
        decode(magic + rest)
