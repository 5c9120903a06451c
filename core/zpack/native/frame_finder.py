"""Finds the data frames that an index tells of in damaged copies, each by its XXH3-64."""

from array import array
from collections.abc import Callable, Sequence
from itertools import islice

from zpack.codecs import ZSTD_FRAMES, ZSTD_START, FrameTable
from zpack.native.byte_search import occurrences
from zpack.native.consecutive import consecutive
from zpack.native.frame_hash import stored_hash
from zpack.native.record_copies import Copy

_NOWHERE = -1
_FALSE_FINDS = 256  # magics in a gap, each of which may begin any of its frames
_EFFORT = 16  # times the size of the file


class FoundFrames:
    """Where each frame is: in which copy, and where in it."""

    def __init__(self, frames: FrameTable, copies: Sequence[Copy]) -> None:
        self.frames = frames
        self.copies = copies
        self._copy = bytearray(len(frames))
        self._at = array("q", [_NOWHERE]) * len(frames)

    def has(self, frame: int) -> bool:
        """Whether it was found, whole."""
        return self._at[frame] != _NOWHERE

    def at(self, frame: int) -> int:
        """Where in its copy a frame is that was found."""
        return self._at[frame]

    def copy_of(self, frame: int) -> Copy:
        """The copy that a frame was found in."""
        return self.copies[self._copy[frame]]

    def put(self, frame: int, copy: int, at: int) -> None:
        """It was found."""
        self._copy[frame], self._at[frame] = copy, at

    def missing(self) -> list[int]:
        """Frames that are whole in no copy."""
        return [frame for frame, at in enumerate(self._at) if at == _NOWHERE]

    def not_of_first(self) -> list[int]:
        """Frames that were found, but not in the first copy."""
        return [frame for frame, copy in enumerate(self._copy) if copy]

    def guess(self, frame: int) -> tuple[Copy, int]:
        """Where a frame most likely is, or what is left of it: as the one before it."""
        for before in range(frame, -1, -1):
            if self.has(before):
                shift = self._at[before] - self.frames.offset[before]
                return self.copy_of(before), self.frames.offset[frame] + shift
        return self.copies[0], self.frames.offset[frame]

    def read(self, length: int, offset: int) -> bytes:
        """Bytes of frames, at an offset of the archive as it was: of a frame that was not found,
        what stands where it most likely is."""
        parts, frames = [], self.frames
        end = min(offset + length, frames.end)
        while offset < end:
            frame = frames.containing(offset)
            inside = offset - frames.offset[frame]
            count = min(end - offset, frames.csize[frame] - inside)
            copy, at = self.guess(frame)
            piece = copy.pread(count, at + inside)
            parts.append(piece + bytes(count - len(piece)))
            offset += count
        return parts[0] if len(parts) == 1 else b"".join(parts)


def find_frames_of(
    frames: FrameTable, copies: Sequence[Copy], check: Callable[[], None]
) -> FoundFrames:
    """Look for all frames in all copies. ``check`` is called now and then, and may raise."""
    found = FoundFrames(frames, copies)
    for number, copy in enumerate(copies):
        if found.missing():
            _Finder(found, copy, number, check).run()
    return found


class _Finder:
    """One copy, for the frames that no copy before it has."""

    def __init__(
        self, found: FoundFrames, copy: Copy, number: int, check: Callable[[], None]
    ) -> None:
        self._found = found
        self._frames = found.frames
        self._copy = copy
        self._number = number
        self._check = check
        self._effort = _EFFORT * copy.size + (64 << 20)

    def run(self) -> None:
        """Places first, then between them: bytes may have been inserted or removed twice."""
        missing = self._found.missing()
        shift = self._copy.shifts[0]
        for frame in missing:
            for each in dict.fromkeys((shift, *self._copy.shifts)):
                if self._try(frame, self._frames.offset[frame] + each):
                    shift = each
                    break
        left = self._found.missing()
        if left and self._frames.coding is ZSTD_FRAMES:
            self._search(left)

    def _try(self, frame: int, at: int) -> bool:
        assert self._frames.xxh3 is not None
        length = self._frames.csize[frame]
        if at < 0 or at + length > self._copy.size or self._effort < 0:
            return False
        if stored_hash(self._copy.pread, at, length, self._step) != self._frames.xxh3[frame]:
            return False
        self._found.put(frame, self._number, at)
        return True

    def _search(self, missing: list[int]) -> None:
        """Where frames begin in a stretch without any that is known, the next ones may stand."""
        for stretch in consecutive(missing):
            begin, end = self._bounds(stretch.start, stretch.stop)
            wanted = list(stretch)
            magics = occurrences(self._copy.pread, ZSTD_START, begin, end, self._spend)
            for at in islice(magics, _FALSE_FINDS):
                found = next((frame for frame in wanted if self._try(frame, at)), None)
                if found is not None:
                    self._copy.learn(at - self._frames.offset[found])
                    wanted = [frame for frame in wanted if frame > found]
                if not wanted or self._effort < 0:
                    break

    def _bounds(self, first: int, last: int) -> tuple[int, int]:
        begin, end = 0, self._copy.size
        if first and self._found.copy_of(first - 1) is self._copy:
            begin = self._found.at(first - 1) + self._frames.csize[first - 1]
        if last < len(self._frames) and self._found.copy_of(last) is self._copy:
            end = self._found.at(last)
        return begin, end

    def _step(self, count: int) -> None:
        self._check()
        self._effort -= count

    def _spend(self, count: int) -> bool:
        if self._effort <= 0:
            return False
        self._step(count)
        return True
