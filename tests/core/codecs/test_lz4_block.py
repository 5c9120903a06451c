"""Our own blocks: coded, put into a frame, and decoded by others and by us."""

import io
from types import SimpleNamespace

import lz4.frame
import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from tests.core.codecs.lz4_peers import CONTENTS, MIXED, NOISE, drained, unpacked_by_program
from tests.fuzz.examples import examples
from zpack.codecs import (
    CodecError,
    Lz4BlockReader,
    Lz4Encoder,
    decode_lz4_header,
    encode_lz4_header,
)
from zpack.jobs import Cancelled


def nothing() -> None:
    """What is called between steps."""


def coded(content: bytes, level: int = 1) -> bytes:
    return Lz4Encoder(level).encode(memoryview(bytearray(content)), nothing)


def read_as(stored: bytes, size: int) -> Lz4BlockReader:
    return Lz4BlockReader(io.BytesIO(stored), len(stored), size)


def framed(blocks: list[bytes], content: bytes, size: int | None) -> bytes:
    end = bytes(4) + xxhash.xxh32_intdigest(content).to_bytes(4, "little")
    return encode_lz4_header(size) + b"".join(blocks) + end


@pytest.mark.parametrize("size", ["told", "not told"])
@pytest.mark.parametrize("level", [1, 3, 12])
def test_others_read_blocks_of_any_length(level, size):
    parts = [MIXED[:512], NOISE, MIXED[512:99_999], b"x", MIXED[99_999:]]
    content = b"".join(parts)
    told = len(content) if size == "told" else None
    data = framed([coded(part, level) for part in parts], content, told)
    assert unpacked_by_program(data) == content
    assert lz4.frame.decompress(data) == content


@pytest.mark.parametrize("content", [name for name in CONTENTS if name != "empty"])
def test_a_round_trip(content):
    stored = coded(CONTENTS[content])
    assert drained(read_as(stored, len(CONTENTS[content])), 999) == CONTENTS[content]


def test_what_does_not_get_smaller_is_stored_as_it_is():
    assert coded(NOISE) == (len(NOISE) | 1 << 31).to_bytes(4, "little") + NOISE


def test_a_higher_level_is_smaller():
    assert len(coded(MIXED, 9)) < len(coded(MIXED, 1))


def test_it_can_be_cancelled():
    def cancel() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        Lz4Encoder(1).encode(memoryview(b"x"), cancel)


@pytest.mark.parametrize(
    ("stored", "size"),
    [
        (coded(MIXED), len(MIXED) + 1),
        (coded(MIXED), len(MIXED) - 1),
        (coded(NOISE), len(NOISE) + 1),
        (coded(NOISE), len(NOISE) - 1),
        (coded(MIXED)[:-1], len(MIXED)),
        (coded(MIXED) + b"x", len(MIXED)),
        (b"\0\0\0\0", 0),
        (b"\0\0\0\x80", 0),
        (b"\0\0", 1),
        (b"", 1),
    ],
)
def test_a_block_that_is_not_what_the_index_says(stored, size):
    with pytest.raises(CodecError):
        drained(read_as(stored, size))


@pytest.mark.parametrize("size", [None, 0, 1 << 40])
def test_headers_are_read_as_they_were_written(size):
    data = encode_lz4_header(size)
    header = decode_lz4_header(data + b"more")
    assert (header.length, header.content, header.most) == (len(data), size, 4 << 20)
    assert header.content_checksum
    assert not any((header.linked, header.block_checksums, header.dictionary))


@examples(200)
@given(st.binary(min_size=1, max_size=2000), st.sampled_from([1, 2, 3, 9]))
def test_round_trips(content, level):
    stored = coded(content, level)
    assert drained(read_as(stored, len(content)), 512) == content
    assert len(stored) <= 4 + len(content)


def test_no_more_is_read_than_a_block_can_have():
    def read(size: int) -> bytes:
        raise AssertionError(size)

    with pytest.raises(CodecError):
        drained(Lz4BlockReader(SimpleNamespace(read=read), 1 << 32, 4096))
