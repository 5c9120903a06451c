"""What a profile of the format decides: tar.zst or tar.lz4 (docs/format.md, 1, 8 and 11)."""

from collections.abc import Callable, Sequence
from typing import Protocol

from zpack.codecs import Coding, FrameTable
from zpack.codecs.coding import Encoder
from zpack.native.file_end import FileEnd
from zpack.native.locator import Locator
from zpack.records import record


class Envelope(Protocol):
    """What stands around the data frames of one archive while it is written. ``checksum`` is what
    the locator tells of it. For one thread at a time."""

    checksum: int

    @property
    def profile(self) -> "Profile":
        """Whose it is."""
        ...

    @property
    def wants_content(self) -> bool:
        """Whether ``add`` needs to see the content also of frames that are copied."""
        ...

    def begin(self) -> bytes:
        """What stands before the first data frame. Called again at the end it may tell more, in
        as many bytes."""
        ...

    def add(self, content: "memoryview[int]") -> None:
        """The next data frame's content, in the archive's order."""
        ...

    def end(self) -> bytes:
        """What stands after the last data frame; after that ``checksum`` is right."""
        ...


class Closing(Protocol):
    """What follows the locator, read: so the locator is found. ``locator_at`` is its offset."""

    locator_at: int

    def check(self, frames: FrameTable, locator: Locator) -> None:
        """That it names the same frames. Raises ``LayoutError``."""
        ...

    def check_whole(
        self, end: FileEnd, frames: FrameTable, locator: Locator, trailing: Sequence[int]
    ) -> None:
        """That all which the profile has around the data frames is exactly as it should be.
        ``trailing`` are the lengths of the skippable frames after them, the locator's too.
        Raises ``LayoutError``."""
        ...


@record
class Profile:
    """``name`` is the ending of file names, too. ``most_content`` is that of a data frame, in
    bytes. ``begins``: how long what stands before the data frames may be; ``end_length``: how long
    what stands after them is. ``lz4`` is the locator's flag.

    ``encoder(level, frame_content, long_distance)`` is for one thread; it takes the ``levels``.
    ``envelope(rewritable)`` is for a new archive, whose beginning can be written once more at the
    end or not; ``encode_closing(frames, trailing)`` makes what follows the locator, and
    ``read_closing`` finds it, or raises ``LayoutError``.
    """

    name: str
    coding: Coding
    most_content: int
    begins: tuple[int, ...]
    end_length: int
    lz4: bool
    levels: range
    encoder: Callable[[int, int, bool], Encoder]
    envelope: Callable[[bool], Envelope]
    encode_closing: Callable[[FrameTable, Sequence[int]], bytes]
    read_closing: Callable[[FileEnd], Closing]
