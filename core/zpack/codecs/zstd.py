"""zstd frames with content size and checksum (RFC 8878)."""

from collections.abc import Callable

import zstandard

MAX_WINDOW_LOG = 27  # what every reader accepts; 28 is refused by zstd, tar and libarchive
LEAST_STEP = 128 << 10
_LARGE_FEED = 1 << 20
_MOST_AT_ONCE = 8 << 20
_QUICKEST_LEVEL, _QUICK_LEVEL, SLOW_LEVEL = 1, 4, 10


class Encoder:
    """Codes whole frames. Not for two threads at once: one for each.

    ``frame_content`` is the most that a frame will hold, in bytes: the window covers all of it,
    whatever the level would have by itself, since nothing is ever further away.
    """

    def __init__(self, level: int, frame_content: int = 0, *, long_distance: bool = False) -> None:
        parameters = _parameters(level, frame_content, long_distance)
        self._compressor = zstandard.ZstdCompressor(compression_params=parameters)
        # A call cannot be interrupted: the slower the level, the less it is fed, so that cancel is
        # prompt. At once is best where it is quick: the coder then fits itself to the content.
        self._at_once = level <= _QUICK_LEVEL
        self._feed = LEAST_STEP if level >= SLOW_LEVEL else _LARGE_FEED

    def encode(self, content: "memoryview[int]", check: Callable[[], None]) -> bytes:
        """One frame of ``content``. ``check`` is called before each step, of ``LEAST_STEP`` bytes
        or more, and may raise."""
        if self._at_once and len(content) <= _MOST_AT_ONCE:
            check()
            return self._compressor.compress(content)
        coder = self._compressor.compressobj(size=len(content))
        parts = []
        for start in range(0, len(content), self._feed):
            check()
            parts.append(coder.compress(content[start : start + self._feed]))
        parts.append(coder.flush())
        return b"".join(parts)

    def stream(self) -> "zstandard.ZstdCompressionObj":
        """Codes one frame of unknown length, as its content comes."""
        return self._compressor.compressobj()


def coder_memory(level: int, frame_content: int, *, long_distance: bool = False) -> int:
    """About how many bytes one encoder takes, with a frame before and after it is coded."""
    made = _parameters(level, frame_content, long_distance)
    tables = 4 << made.hash_log | 4 << made.chain_log
    return tables + (1 << made.window_log) + 2 * frame_content


def _parameters(
    level: int, frame_content: int, long_distance: bool
) -> zstandard.ZstdCompressionParameters:
    usual = zstandard.ZstdCompressionParameters.from_level(level)
    unlimited = MAX_WINDOW_LOG if long_distance else 0
    wanted = (frame_content - 1).bit_length() if frame_content else unlimited
    return zstandard.ZstdCompressionParameters.from_level(
        level,
        window_log=min(MAX_WINDOW_LOG, max(usual.window_log, wanted)),
        # The quickest looks up few places: twice as many cost 5 % and save 3 to 5 %.
        hash_log=usual.hash_log + (1 if level == _QUICKEST_LEVEL else 0),
        enable_ldm=long_distance,
        write_checksum=True,
        write_content_size=True,
    )


def compress(data: "bytes | memoryview[int]") -> bytes:
    """One frame of metadata (a column)."""
    # A compressor of its own each time: one must not be used by two threads at once.
    coder = zstandard.ZstdCompressor(level=3, write_checksum=True, write_content_size=True)
    return coder.compress(data)


def decompress(stored: "bytes | memoryview[int]", length: int) -> bytes:
    """The content of one frame, which must be exactly ``length`` bytes.

    Raises ``zstandard.ZstdError`` if it is not, before memory for more is taken.
    """
    parameters = zstandard.get_frame_parameters(stored)
    if parameters.content_size != length or not parameters.has_checksum:
        raise zstandard.ZstdError("the frame's content has another size")
    decoder = zstandard.ZstdDecompressor(max_window_size=1 << MAX_WINDOW_LOG)
    content = decoder.decompress(stored, length, allow_extra_data=False)
    if len(content) != length:
        raise zstandard.ZstdError("the frame is cut short or something follows it")
    return content
