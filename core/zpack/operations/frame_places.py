"""Where an archive's frames are, for front ends: a shape only."""

from array import array

from zpack.records import record


@record
class FramePlaces:
    """One row a frame, in u64: ``offset`` and ``size`` in the archive, ``content`` bytes that it
    unpacks to, all of which follow one another in the tar."""

    offset: "array[int]"
    size: "array[int]"
    content: "array[int]"

    def __len__(self) -> int:
        return len(self.offset)
