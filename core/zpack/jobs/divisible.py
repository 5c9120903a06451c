"""Work that threads or processes can share."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

from zpack.jobs.progress import Lane

Task_contra = TypeVar("Task_contra", contravariant=True)
Part = TypeVar("Part")


class Divisible(Protocol[Task_contra, Part]):
    """Several threads may ``work`` on it at once; or several processes, each on a copy of its own,
    which hands over a part of the result."""

    def work(self, tasks: "Iterator[Task_contra]", lane: Lane) -> None:
        """Do tasks until there are no more. In a process, one for which somebody has to be asked
        (``CannotAsk``) is left, and is in the part."""
        ...

    def begin_part(self) -> None:
        """In a process, at its beginning: what the other did so far is not its own."""
        ...

    def part(self) -> Part:
        """In a process, at its end: what it did, to be pickled."""
        ...

    def add_part(self, part: Part) -> None:
        """What another process did."""
        ...

    def lose_part(self) -> None:
        """Another process is gone, and nobody knows what it did."""
        ...
