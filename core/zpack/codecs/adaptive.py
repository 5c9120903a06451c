"""Spends a slow level's time only where it gains something."""

from collections.abc import Callable

import zstandard

from zpack.codecs.coding import Encoder
from zpack.codecs.zstd import SLOW_LEVEL
from zpack.codecs.zstd import Encoder as ZstdEncoder

_SAMPLES = 16
_SAMPLE = 16 << 10
_INCOMPRESSIBLE = 0.97


def zstd_encoder(level: int, frame_content: int, *, long_distance: bool = False) -> Encoder:
    """The encoder for frames of at most ``frame_content`` bytes at a level (1-22)."""
    encoder = ZstdEncoder(level, frame_content, long_distance=long_distance)
    if level < SLOW_LEVEL:
        return encoder
    return AdaptiveEncoder(encoder, ZstdEncoder(1, frame_content, long_distance=long_distance))


class AdaptiveEncoder:
    """Codes with ``thorough``, but with ``quick`` what does not compress, as samples tell: music,
    pictures, archives. A slow level takes a hundred times as long to find that out. Not for two
    threads at once."""

    def __init__(self, thorough: Encoder, quick: Encoder) -> None:
        self._thorough = thorough
        self._quick = quick
        self._probe = zstandard.ZstdCompressor(level=1)

    def encode(self, content: "memoryview[int]", check: Callable[[], None]) -> bytes:
        """One frame; as that of the encoders."""
        chosen = self._thorough if self._compresses(content) else self._quick
        return chosen.encode(content, check)

    def _compresses(self, content: "memoryview[int]") -> bool:
        if len(content) <= _SAMPLES * _SAMPLE:
            return True  # nothing to gain
        step = (len(content) - _SAMPLE) // (_SAMPLES - 1)
        starts = range(0, step * _SAMPLES, step)
        packed = sum(len(self._probe.compress(content[at : at + _SAMPLE])) for at in starts)
        return packed < _INCOMPRESSIBLE * _SAMPLES * _SAMPLE
