"""What one run tells, and what can be run."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: seconds by the clock, and of all its processors (user and system)."""

    seconds: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Peaks in bytes: of the largest process, and of all processes at one moment (what they share
    counts for each)."""

    largest: int
    together: int


class Runnable(Protocol):
    """What can be measured. ``title`` is how a person would type it; ``result`` is the file that
    it makes, whose size counts."""

    @property
    def title(self) -> str: ...

    @property
    def result(self) -> Path | None: ...

    def run(self) -> Sample:
        """Raises ``CalledProcessError`` if it fails."""

    def run_for_memory(self) -> Memory:
        """The same, watched closely, which takes time of its own."""
