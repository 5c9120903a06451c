"""Which bytes of a file lie in which frames."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from zpack.entries import NO_FRAME, Attributes, Kind
from zpack.native.archive import Archive
from zpack.native.consecutive import consecutive
from zpack.operations.damage import MOST_STRETCHES, Stretch
from zpack.tar import encode_entry, encode_map


class Places:
    """Computes places in one archive. ``damaged`` are the frames that are not good, ascending.
    For one thread."""

    def __init__(self, archive: Archive, damaged: Sequence[int]) -> None:
        self._archive = archive
        self._listing = archive.listing
        self._frames = archive.frames
        self._damaged = damaged
        self.starts = array("Q", accumulate(archive.frames.dsize, initial=0))

    def frames_of(self, row: int, following: int | None) -> range:
        """The frames that an entry lies in; ``following`` is the row after it in the tar."""
        listing = self._listing
        first = listing.frame[row]
        if following is None:
            last = len(self._frames) - (1 if self._archive.tail is None else 2)
        else:
            last = listing.frame[following] - (not listing.offset[following])
        return range(first, max(first, last) + 1)

    def stretches(self, row: int, frames: range) -> tuple[Stretch, ...]:
        """The parts of a row in ``frames`` that damaged frames touch; if none does, all of it."""
        damaged = self._damaged
        low, high = bisect_left(damaged, frames.start), bisect_right(damaged, frames[-1])
        hit = damaged[low:high] or frames
        found = [self._stretch(row, group[0], group[-1]) for group in consecutive(hit)]
        if len(found) > MOST_STRETCHES:
            rest = found[MOST_STRETCHES - 1 :]
            found[MOST_STRETCHES - 1 :] = [_joined(rest[0], rest[-1])]
        return tuple(found)

    def _stretch(self, row: int, first: int, last: int) -> Stretch:
        frames = self._frames
        offset = frames.offset[first]
        size = frames.offset[last] + frames.csize[last] - offset
        start, end = self._content(row, first, last)
        return Stretch(start, end, first, last, offset, size)

    def _content(self, row: int, first: int, last: int) -> tuple[int, int]:
        """What of a row's content is in these frames."""
        listing = self._listing
        if listing.kind[row] != Kind.FILE:
            return 0, 0
        attributes = listing.attributes(row)
        if self._archive.tail is None or self._archive.plain:
            return 0, attributes.size  # nobody knows how long its headers are
        begin = self.starts[listing.frame[row]] + listing.offset[row]
        begin += len(encode_entry(listing.path(row), attributes))
        holes = attributes.holes
        if holes is not None and holes.packed:
            begin += len(encode_map(holes, attributes.size))
        stored = attributes.size - (holes.total if holes is not None and holes.packed else 0)
        start = min(stored, max(0, self.starts[first] - begin))
        end = min(stored, max(0, self.starts[last + 1] - begin))
        return _unpacked(attributes, start, end)


def _unpacked(attributes: Attributes, start: int, end: int) -> tuple[int, int]:
    """Offsets in stored content as offsets in the file, which may have holes."""
    holes = attributes.holes
    if holes is None or not holes.packed or start == end:
        return start, end
    passed, found = 0, [0, attributes.size]
    for at, length in holes.data(attributes.size):
        if passed <= start < passed + length:
            found[0] = at + start - passed
        if passed < end <= passed + length:
            found[1] = at + end - passed
        passed += length
    return found[0], found[1]


def _joined(first: Stretch, last: Stretch) -> Stretch:
    return Stretch(
        first.start,
        last.end,
        first.first_frame,
        last.last_frame,
        first.offset,
        last.offset + last.size - first.offset,
    )


def has_place(archive: Archive, row: int) -> bool:
    """Whether a row lies in a frame that is there."""
    frame = archive.listing.frame[row]
    return frame != NO_FRAME and frame < len(archive.frames)
