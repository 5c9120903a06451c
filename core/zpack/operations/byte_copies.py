"""Copies bytes from an archive into one that is being written, and counts them."""

from collections.abc import Callable, Iterator

from zpack.filesystem import AtomicFile, SourceFile
from zpack.jobs import Control

_PIECE = 1 << 20  # a piece cannot be interrupted


def stepper(control: Control) -> Callable[[int], None]:
    """Counts bytes in a lane of its own, and looks whether to go on."""
    lane = control.progress.lane()

    def step(count: int) -> None:
        lane.bytes_done += count
        control.check()

    return step


def pieces_of(source: SourceFile, start: int, end: int) -> Iterator[bytes]:
    """What ``source`` has from ``start`` to ``end``, or to where it ends."""
    while start < end and (piece := source.pread(min(_PIECE, end - start), start)):
        yield piece
        start += len(piece)


def append_bytes(
    target: AtomicFile, source: SourceFile, start: int, end: int, step: Callable[[int], None]
) -> None:
    """Append them. Raises errors of the system, and what ``step`` raises."""
    for piece in pieces_of(source, start, end):
        target.write(piece)
        step(len(piece))
