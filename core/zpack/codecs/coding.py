"""What every codec offers, so that nothing above has to know which one a file has."""

from collections.abc import Callable
from typing import Protocol

from zpack.records import record


class CodecError(ValueError):
    """Bytes that do not decode, or have another checksum than they should."""


class Encoder(Protocol):
    """Codes data frames. Not for two threads at once: one for each."""

    def encode(self, content: "memoryview[int]", check: Callable[[], None]) -> bytes:
        """One data frame of ``content``. ``check`` is called before each step, of ``LEAST_STEP``
        bytes or more, and may raise."""
        ...


class FrameReader(Protocol):
    """Decodes one data frame, from its beginning."""

    def readinto(self, view: "memoryview[int]") -> int:
        """Decode at most a view full; 0 only at the frame's end, which has been checked by then.

        Raises :class:`CodecError`, after what comes before the damage was given.
        """
        ...


class Bytes(Protocol):
    """The bytes of one frame, as they are stored."""

    def read(self, size: int, /) -> bytes:
        """The next ``size`` bytes; fewer only at the end."""
        ...


class FrameDecoder(Protocol):
    """Opens one frame after the other. For one thread."""

    def open(
        self, stored: Bytes, length: int, content: int, *, at_once: bool, step: int
    ) -> FrameReader:
        """A reader of the frame of ``length`` bytes in ``stored``; ``content`` is the size that it
        should have, or ``UNKNOWN``. ``at_once``: there is room for all of it, so that it may be
        read and decoded in one go; otherwise about ``step`` bytes are read at a time."""
        ...


@record
class Coding:
    """How the frames of a table are coded. ``name`` is the codec's, as in the names of files."""

    name: str
    decoder: Callable[[], FrameDecoder]
