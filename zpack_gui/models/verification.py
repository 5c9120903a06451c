"""What is known of a verification that runs, or has ended."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from zpack.entries import Listing
from zpack.operations import VerifyReport
from zpack.operations.frame_places import FramePlaces
from zpack.worker import WorkerJob
from zpack_gui.models.hostile import HOSTILE

_MOST_NAMED = 3
_END_OF_TAR = 1024  # bytes, alone in the last frame of an archive of ours


@dataclass(frozen=True, slots=True)
class Verification:
    """Or of a repair. ``report`` is None until it has ended, and of a repair. ``states``: one byte
    a frame; they change while it runs. ``places`` and ``listing`` are None where nothing is known
    of frames."""

    archive: str
    report: VerifyReport | None
    states: bytes | bytearray
    places: FramePlaces | None
    listing: Listing | None

    @classmethod
    def of(cls, worker: WorkerJob) -> "Verification":
        """Of a worker that verifies or repairs, as far as it is."""
        report = worker.report if isinstance(worker.report, VerifyReport) else None
        request = worker.request
        archive = getattr(request, "archive", "") or getattr(request, "damaged", "")
        return cls(archive, report, worker.frame_states, worker.frames, worker.items)

    def entries_in(self, frames: range) -> tuple[int, list[int]]:
        """How many entries lie in these frames, wholly or in part, and the rows of the first."""
        try:
            begin, end = self._entries(frames)
        except HOSTILE:
            return 0, []
        rows = self.places.rows[begin : min(end, begin + _MOST_NAMED)] if self.places else ()
        return end - begin, list(rows)

    def _entries(self, frames: range) -> tuple[int, int]:
        if self.places is None or self.listing is None:
            return 0, 0
        rows, frame = self.places.rows, self.listing.frame.__getitem__
        begin = bisect_left(rows, frames.start, key=frame)
        end = bisect_right(rows, frames.stop - 1, key=frame)
        if begin and not self._begins_with_entry(begin, frames.start):
            begin -= 1  # a large file, or the end of one, that begins in a frame before
        return begin, end

    def _begins_with_entry(self, number: int, frame: int) -> bool:
        """Whether the frame begins with the entry of that number in the tar, or has none."""
        assert self.places is not None
        assert self.listing is not None
        if number == len(self.places.rows):
            last = frame == len(self.places) - 1
            return last and self.places.content[frame] == _END_OF_TAR
        row = self.places.rows[number]
        return self.listing.frame[row] == frame and not self.listing.offset[row]

    def bytes_of(self, frames: range) -> tuple[int, int]:
        """Where in the archive frames begin, and where the last of them ends."""
        if self.places is None:
            return 0, 0
        last = frames.stop - 1
        return self.places.offset[frames.start], self.places.offset[last] + self.places.size[last]
