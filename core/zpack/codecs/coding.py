"""What every codec offers, so that nothing above has to know which one a file has."""

from collections.abc import Callable
from typing import Protocol


class CodecError(ValueError):
    """Bytes that do not decode, or have another checksum than they should."""


class Encoder(Protocol):
    """Codes data frames. Not for two threads at once: one for each."""

    def encode(self, content: "memoryview[int]", check: Callable[[], None]) -> bytes:
        """One data frame of ``content``. ``check`` is called before each step and may raise."""
        ...


class FrameReader(Protocol):
    """Decodes one data frame, from its beginning."""

    def readinto(self, view: "memoryview[int]") -> int:
        """Decode at most a view full; 0 only at the frame's end, which has been checked by then.

        Raises :class:`CodecError`, after what comes before the damage was given.
        """
        ...
