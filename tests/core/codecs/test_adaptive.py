"""Slow coding only where it gains something."""

import os

import zstandard

from zpack.codecs import AdaptiveEncoder, Encoder

TEXT = b"".join(b"%d bottles of beer on the wall\n" % number for number in range(40_000))
NOISE = os.urandom(len(TEXT))


class Remembering:
    def __init__(self, level):
        self.lengths = []
        self._encoder = Encoder(level)

    def encode(self, content, check):
        self.lengths.append(len(content))
        return self._encoder.encode(content, check)


def coded(content):
    thorough, quick = Remembering(10), Remembering(1)
    frame = AdaptiveEncoder(thorough, quick).encode(memoryview(content), lambda: None)
    assert zstandard.ZstdDecompressor().decompress(frame) == bytes(content)
    return len(thorough.lengths), len(quick.lengths)


def test_what_compresses_is_coded_thoroughly():
    assert coded(TEXT) == (1, 0)


def test_noise_is_not():
    assert coded(NOISE) == (0, 1)


def test_half_and_half_is_worth_it():
    half = len(TEXT) // 2
    assert coded(NOISE[:half] + TEXT[half:]) == (1, 0)
    assert coded(TEXT[:half] + NOISE[half:]) == (1, 0)


def test_a_small_frame_is_coded_thoroughly_without_a_look():
    assert coded(NOISE[: 256 << 10]) == (1, 0)
    assert coded(NOISE[: (256 << 10) + 1]) == (0, 1)
    assert coded(b"") == (1, 0)


def test_the_same_content_gives_the_same_bytes():
    encoders = [AdaptiveEncoder(Encoder(12), Encoder(1)) for _ in range(2)]
    one, two = (each.encode(memoryview(TEXT + NOISE), lambda: None) for each in encoders)
    assert one == two
