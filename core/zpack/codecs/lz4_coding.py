"""The two codings of lz4, known without its library: that is loaded when something is decoded."""

from zpack import codecs
from zpack.codecs.coding import Coding, FrameDecoder

LZ4_LEVELS = range(1, 13)


def _block_decoder() -> FrameDecoder:
    return codecs.Lz4BlockDecoder()


def _frame_decoder() -> FrameDecoder:
    return codecs.Lz4FrameDecoder()


LZ4_BLOCKS = Coding("lz4", _block_decoder)
LZ4_FRAMES = Coding("lz4", _frame_decoder)
