"""Frames: zstd, lz4, skippable ones, the seek table; shares for recovery. Bytes in, bytes out, no
files."""

from typing import TYPE_CHECKING

from zpack.lazy import make_lazy

if TYPE_CHECKING:
    from zpack.codecs.adaptive import AdaptiveEncoder, zstd_encoder
    from zpack.codecs.coding import CodecError, Coding, FrameReader
    from zpack.codecs.families import LZ4_FAMILY, ZSTD_FAMILY, Family, family_of
    from zpack.codecs.frame_check import CheckedEncoder, Miscoded
    from zpack.codecs.frame_span import SKIPPABLE_MAX, SKIPPABLE_MIN, FrameSpan, WalkError
    from zpack.codecs.frame_stream import UNKNOWN, FrameError, FrameStream, Pread
    from zpack.codecs.frame_table import FrameTable
    from zpack.codecs.frame_walk import ZSTD_MAGIC, ZSTD_START, walk_frames
    from zpack.codecs.lz4_block import Lz4BlockDecoder, Lz4BlockReader, Lz4Encoder
    from zpack.codecs.lz4_coding import LZ4_BLOCKS, LZ4_FRAMES, LZ4_LEVELS
    from zpack.codecs.lz4_frame import Lz4FrameDecoder, Lz4FrameReader
    from zpack.codecs.lz4_header import (
        LZ4_LEGACY_MAGIC,
        LZ4_MAGIC,
        MAX_BLOCK,
        Lz4Header,
        decode_lz4_header,
        encode_lz4_header,
    )
    from zpack.codecs.lz4_walk import walk_lz4_frames
    from zpack.codecs.seek_table import (
        SEEK_TABLE_FOOTER,
        SeekTable,
        SeekTableError,
        decode_seek_table,
        encode_seek_table,
        seek_table_length,
    )
    from zpack.codecs.stream_decoder import NotCompressed, NotDecodable, StreamDecoder
    from zpack.codecs.stream_encoder import Lz4StreamEncoder, StreamEncoder, ZstdStreamEncoder
    from zpack.codecs.zstd import (
        LEAST_STEP,
        MAX_WINDOW_LOG,
        Encoder,
        coder_memory,
        compress,
        decompress,
    )
    from zpack.codecs.zstd_stream import MAX_WHOLE, ZSTD_FRAMES

__all__ = [
    "LEAST_STEP",
    "LZ4_BLOCKS",
    "LZ4_FAMILY",
    "LZ4_FRAMES",
    "LZ4_LEGACY_MAGIC",
    "LZ4_LEVELS",
    "LZ4_MAGIC",
    "MAX_BLOCK",
    "MAX_WHOLE",
    "MAX_WINDOW_LOG",
    "SEEK_TABLE_FOOTER",
    "SKIPPABLE_MAX",
    "SKIPPABLE_MIN",
    "UNKNOWN",
    "ZSTD_FAMILY",
    "ZSTD_FRAMES",
    "ZSTD_MAGIC",
    "ZSTD_START",
    "AdaptiveEncoder",
    "CheckedEncoder",
    "CodecError",
    "Coding",
    "Encoder",
    "Family",
    "FrameError",
    "FrameReader",
    "FrameSpan",
    "FrameStream",
    "FrameTable",
    "Lz4BlockDecoder",
    "Lz4BlockReader",
    "Lz4Encoder",
    "Lz4FrameDecoder",
    "Lz4FrameReader",
    "Lz4Header",
    "Lz4StreamEncoder",
    "Miscoded",
    "NotCompressed",
    "NotDecodable",
    "Pread",
    "SeekTable",
    "SeekTableError",
    "StreamDecoder",
    "StreamEncoder",
    "WalkError",
    "ZstdStreamEncoder",
    "coder_memory",
    "compress",
    "decode_lz4_header",
    "decode_seek_table",
    "decompress",
    "encode_lz4_header",
    "encode_seek_table",
    "family_of",
    "seek_table_length",
    "walk_frames",
    "walk_lz4_frames",
    "zstd_encoder",
]

make_lazy(
    __name__,
    {
        "adaptive": (
            "AdaptiveEncoder",
            "zstd_encoder",
        ),
        "coding": (
            "CodecError",
            "Coding",
            "FrameReader",
        ),
        "families": (
            "Family",
            "LZ4_FAMILY",
            "ZSTD_FAMILY",
            "family_of",
        ),
        "frame_check": (
            "CheckedEncoder",
            "Miscoded",
        ),
        "frame_span": (
            "FrameSpan",
            "SKIPPABLE_MAX",
            "SKIPPABLE_MIN",
            "WalkError",
        ),
        "frame_stream": (
            "FrameError",
            "FrameStream",
            "Pread",
            "UNKNOWN",
        ),
        "frame_table": ("FrameTable",),
        "frame_walk": (
            "ZSTD_MAGIC",
            "ZSTD_START",
            "walk_frames",
        ),
        "lz4_block": (
            "Lz4BlockDecoder",
            "Lz4BlockReader",
            "Lz4Encoder",
        ),
        "lz4_coding": (
            "LZ4_BLOCKS",
            "LZ4_FRAMES",
            "LZ4_LEVELS",
        ),
        "lz4_frame": (
            "Lz4FrameDecoder",
            "Lz4FrameReader",
        ),
        "lz4_header": (
            "LZ4_LEGACY_MAGIC",
            "LZ4_MAGIC",
            "Lz4Header",
            "MAX_BLOCK",
            "decode_lz4_header",
            "encode_lz4_header",
        ),
        "lz4_walk": ("walk_lz4_frames",),
        "seek_table": (
            "SEEK_TABLE_FOOTER",
            "SeekTable",
            "SeekTableError",
            "decode_seek_table",
            "encode_seek_table",
            "seek_table_length",
        ),
        "stream_decoder": (
            "NotCompressed",
            "NotDecodable",
            "StreamDecoder",
        ),
        "stream_encoder": (
            "Lz4StreamEncoder",
            "StreamEncoder",
            "ZstdStreamEncoder",
        ),
        "zstd": (
            "Encoder",
            "LEAST_STEP",
            "MAX_WINDOW_LOG",
            "coder_memory",
            "compress",
            "decompress",
        ),
        "zstd_stream": (
            "MAX_WHOLE",
            "ZSTD_FRAMES",
        ),
    },
)
