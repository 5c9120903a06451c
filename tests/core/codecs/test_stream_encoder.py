"""What is coded as a stream, other programs read."""

import os
import subprocess
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from zpack.codecs import (
    LEAST_STEP,
    Lz4StreamEncoder,
    StreamDecoder,
    StreamEncoder,
    ZstdStreamEncoder,
    decode_lz4_header,
)

Maker = Callable[[int], StreamEncoder]
MAKERS: list[tuple[Maker, str]] = [(ZstdStreamEncoder, "zstd"), (Lz4StreamEncoder, "lz4")]


def nothing() -> None:
    pass


def encode(encoder: StreamEncoder, *pieces: bytes) -> bytes:
    out = [coded for piece in pieces for coded in encoder.feed(memoryview(piece), nothing)]
    return b"".join(out) + encoder.finish(nothing)


@pytest.mark.parametrize(("maker", "program"), MAKERS)
@pytest.mark.parametrize("level", [1, 9, 12])
def test_other_programs_read_it(maker: Maker, program: str, level: int) -> None:
    content = (b"text " * 9000 + os.urandom(9000)) * 100
    coded = encode(maker(level), content[:5], content[5:9_000_000], content[9_000_000:])
    back = subprocess.run([program, "-dcq"], input=coded, capture_output=True, check=True)
    assert back.stdout == content
    assert len(coded) < len(content) // 4


@pytest.mark.parametrize(("maker", "program"), MAKERS)
def test_nothing_is_a_frame_too(maker: Maker, program: str) -> None:
    coded = encode(maker(1))
    done = subprocess.run([program, "-dcq"], input=coded, capture_output=True, check=True)
    assert (done.stdout, len(coded) > 0) == (b"", True)


def test_content_has_a_checksum() -> None:
    parameters = zstandard.get_frame_parameters(encode(ZstdStreamEncoder(22), b"x" * 99))
    assert parameters.has_checksum
    assert parameters.window_size <= 1 << 27
    assert decode_lz4_header(encode(Lz4StreamEncoder(1), b"x")).content_checksum


def test_a_checkpoint_is_never_far() -> None:
    seen: list[int] = []
    content = memoryview(bytes(5 * LEAST_STEP))
    for _ in ZstdStreamEncoder(19).feed(content, lambda: seen.append(1)):
        pass
    assert len(seen) == 5


@settings(max_examples=40, deadline=None)
@given(
    pieces=st.lists(st.binary(max_size=5000), max_size=8),
    maker=st.sampled_from([m for m, _ in MAKERS]),
)
def test_round_trip(pieces: list[bytes], maker: Maker) -> None:
    coded = encode(maker(3), *pieces)
    decoder = StreamDecoder()
    back = b"".join(decoder.feed(coded))
    decoder.finish()
    assert back == b"".join(pieces)
