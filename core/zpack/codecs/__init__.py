"""Frames: zstd both ways, skippable frames, the seek table. Bytes in, bytes out, no files."""

from zpack.codecs.frame_stream import UNKNOWN, FrameError, FrameStream, Pread
from zpack.codecs.frame_table import FrameTable
from zpack.codecs.frame_walk import (
    SKIPPABLE_MAX,
    SKIPPABLE_MIN,
    ZSTD_MAGIC,
    FrameSpan,
    WalkError,
    walk_frames,
)
from zpack.codecs.seek_table import (
    SEEK_TABLE_FOOTER,
    SeekTable,
    SeekTableError,
    decode_seek_table,
    encode_seek_table,
    seek_table_length,
)
from zpack.codecs.zstd import LEAST_STEP, MAX_WINDOW_LOG, Encoder, compress, decompress

__all__ = [
    "LEAST_STEP",
    "MAX_WINDOW_LOG",
    "SEEK_TABLE_FOOTER",
    "SKIPPABLE_MAX",
    "SKIPPABLE_MIN",
    "UNKNOWN",
    "ZSTD_MAGIC",
    "Encoder",
    "FrameError",
    "FrameSpan",
    "FrameStream",
    "FrameTable",
    "Pread",
    "SeekTable",
    "SeekTableError",
    "WalkError",
    "compress",
    "decode_seek_table",
    "decompress",
    "encode_seek_table",
    "seek_table_length",
    "walk_frames",
]
