"""Runs: stretches of frames that can be read on their own, so that threads can share them."""

from array import array
from collections.abc import Iterable
from itertools import compress
from operator import not_

from zpack.codecs import MAX_WHOLE, FrameTable
from zpack.entries import NO_FRAME, ListingError
from zpack.native.archive import Archive
from zpack.records import record
from zpack.tar import LEAST_BUFFER


@record
class Run:
    """Frames ``first`` to ``last`` (exclusive), and the rows wanted of them in tar order."""

    first: int
    last: int
    rows: "array[int]"


def plan_runs(archive: Archive, order: "array[int]", *, every_frame: bool = False) -> list[Run]:
    """Runs for rows in tar order; with ``every_frame`` also those frames in which no row begins.

    Raises :class:`ListingError` if a row lies in no frame.
    """
    starts = _run_starts(archive)
    frame = archive.listing.frame
    runs = []
    at = 0
    for number, first in enumerate(starts):
        last = starts[number + 1] if number + 1 < len(starts) else len(archive.frames)
        begin = at
        while at < len(order) and frame[order[at]] < last:
            at += 1
        if at > begin or every_frame:
            runs.append(Run(first, last, order[begin:at]))
    if at < len(order):
        raise ListingError("an entry lies in a frame that is not there")
    return runs


def _run_starts(archive: Archive) -> list[int]:
    """Frames that begin with an entry: reading may begin there."""
    if not len(archive.frames):
        return []
    if archive.one_run:
        return [0]
    listing = archive.listing
    # Of every row, also where one is wanted: so nothing here is a step of the interpreter's.
    starts = {0, *compress(listing.frame, map(not_, listing.offset))} - {NO_FRAME}
    if archive.tail is not None:
        starts.add(len(archive.frames) - 1)  # the end of the tar, alone
    return sorted(start for start in starts if start < len(archive.frames))


def rows_in_order(archive: Archive, wanted: Iterable[int]) -> "array[int]":
    """Of the wanted rows those that have an entry, as they follow in the tar."""
    listing = archive.listing
    rows = [row for row in wanted if listing.has_entry(row)]
    rows.sort(key=lambda row: (listing.frame[row] << 64) | listing.offset[row])
    return array("I", rows)


def run_buffer(frames: FrameTable) -> "memoryview[int]":
    """A buffer that fits the frames, for one run after another: of 1 to 16 MiB."""
    largest = max((size for size in frames.dsize if size <= MAX_WHOLE), default=0)
    return memoryview(bytearray(max(LEAST_BUFFER, largest)))
