"""Where a sparse file has no data."""

from array import array
from collections.abc import Iterable, Iterator

from zpack.records import record


@record
class Holes:
    """Stretches of a file that are zeros and need no room on a disk; offsets and lengths in bytes.

    ``packed``: its tar entry leaves them out (GNU's sparse form); else it has their zeros.
    """

    starts: "array[int]"
    sizes: "array[int]"
    packed: bool = False

    @classmethod
    def between(cls, data: Iterable[tuple[int, int]], size: int, *, packed: bool) -> "Holes":
        """The holes of a file of ``size`` bytes, of which the stretches of data are given.

        Raises :class:`ValueError` if they overlap, are out of order or reach beyond the size.
        """
        starts, sizes, at = array("Q"), array("Q"), 0
        for start, length in [*data, (size, 0)]:
            if start < at or length < 0 or start + length > size:
                raise ValueError("stretches of data are out of order")
            if not length and start < size:
                continue  # some programs write empty ones
            if start > at:
                starts.append(at)
                sizes.append(start - at)
            at = start + length
        return cls(starts, sizes, packed)

    @property
    def total(self) -> int:
        """Bytes in holes."""
        return sum(self.sizes)

    def fit(self, size: int) -> bool:
        """Whether they are ascending, apart and not empty, within a file of ``size`` bytes."""
        at = -1
        for start, length in zip(self.starts, self.sizes, strict=True):
            if start <= at or not length:
                return False
            at = start + length
        return at <= size

    def data(self, size: int) -> Iterator[tuple[int, int]]:
        """Offset and length of each stretch of data of a file of ``size`` bytes."""
        at = 0
        for start, length in zip(self.starts, self.sizes, strict=True):
            if start > at:
                yield at, start - at
            at = start + length
        if size > at:
            yield at, size - at
