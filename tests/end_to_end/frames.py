"""Where the frames of an archive are, told by its seek table, without zpack's help."""

import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

_FOOTER = struct.Struct("<IBI")
_ROW = struct.Struct("<II")


@dataclass(frozen=True, slots=True)
class Frames:
    """The data frames: where each begins in the file and in the tar; both lists end with the end.
    ``size`` is the file's."""

    in_file: list[int]
    in_tar: list[int]
    size: int

    @property
    def trailing(self) -> int:
        """How many bytes follow the data frames."""
        return self.size - self.in_file[-1]

    def holding(self, begin: int, end: int) -> range:
        """The frames with these bytes of the tar."""
        return range(bisect_right(self.in_tar, begin) - 1, bisect_right(self.in_tar, end - 1))

    def compressed(self, frames: range) -> int:
        """How many bytes of the file some frames take."""
        return self.in_file[frames.stop] - self.in_file[frames.start]


def read_frames(archive: Path) -> Frames:
    """The frames of an archive that ends in a seek table."""
    data = archive.read_bytes()
    count, _descriptor, _magic = _FOOTER.unpack(data[-_FOOTER.size :])
    begin = len(data) - _FOOTER.size - count * _ROW.size
    rows = list(_ROW.iter_unpack(data[begin : -_FOOTER.size]))
    of_data = rows[: next(number for number, (_, content) in enumerate(rows) if not content)]
    in_file = list(accumulate((stored for stored, _ in of_data), initial=0))
    in_tar = list(accumulate((content for _, content in of_data), initial=0))
    return Frames(in_file, in_tar, len(data))
