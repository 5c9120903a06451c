"""Where an archive's frames are, for front ends: a shape only."""

from array import array

from zpack.records import record


@record
class FramePlaces:
    """One item a frame, in u64: ``offset`` and ``size`` in the archive, ``content`` bytes that it
    unpacks to, all of which follow one another in the tar. ``rows`` (u32) are those of the listing
    that have an entry, as they follow in the tar: so which of them lie in a frame takes no more
    than a bisection. ``proving``: what is good in them was compared with digests."""

    offset: "array[int]"
    size: "array[int]"
    content: "array[int]"
    rows: "array[int]"
    proving: bool = False

    def __len__(self) -> int:
        return len(self.offset)
