"""Where the data frames of an archive are."""

from array import array
from bisect import bisect_right
from typing import TypeAlias

from zpack.codecs.coding import Coding
from zpack.codecs.zstd_stream import ZSTD_FRAMES
from zpack.records import record

Ints: TypeAlias = "memoryview[int] | array[int]"


@record
class FrameTable:
    """One row a data frame: offset in the file, compressed and content size in bytes, and
    XXH3-64 of the compressed frame (None where there is no index to tell it). ``coding``: how all
    of them are coded."""

    offset: Ints
    csize: Ints
    dsize: Ints
    xxh3: "Ints | None"
    coding: Coding = ZSTD_FRAMES

    def __len__(self) -> int:
        return len(self.offset)

    @property
    def end(self) -> int:
        """The offset after the last frame."""
        return self.offset[-1] + self.csize[-1] if len(self) else 0

    def containing(self, offset: int) -> int:
        """The frame that holds this byte of the file."""
        return max(0, bisect_right(self.offset, offset) - 1)
