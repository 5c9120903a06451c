"""Finds the data frames of a file from front to end, where no index can be believed."""

import os
from array import array
from collections.abc import Callable

from zpack.codecs import (
    LZ4_MAGIC,
    MAX_WINDOW_LOG,
    UNKNOWN,
    FrameSpan,
    FrameTable,
    WalkError,
    family_of,
)
from zpack.errors import ArchiveDamaged, FrameNotRead, shown
from zpack.filesystem import SourceFile
from zpack.native.layout import DIGESTS_TAG, INDEX_TAG, LOCATOR_TAG, RECOVERY_TAG
from zpack.native.reading import walk_reader
from zpack.records import record

_TAGS = (INDEX_TAG, DIGESTS_TAG, RECOVERY_TAG, LOCATOR_TAG)
_BEFORE_TAG = 8


@record
class FoundFrames:
    """``frames`` have content sizes of ``UNKNOWN`` where they don't tell. ``checked``: all have
    checksums of their content. ``trailing``: skippable frames follow. ``described``: what zpack
    writes behind a tar is there. ``damage``: where frames stopped making sense; what there is up to
    there is the last one."""

    frames: FrameTable
    checked: bool
    trailing: bool
    described: bool
    damage: ArchiveDamaged | None


def find_frames(source: SourceFile, check: Callable[[], None]) -> FoundFrames:
    """Walk over the file; ``check`` is called now and then and may raise.

    Raises :class:`FrameNotRead` if a frame needs a decoder of another kind.
    """

    walk = walk_reader(source)

    def pread(length: int, offset: int) -> bytes:
        check()
        return walk(length, offset)

    spans: list[FrameSpan] = []
    damage = None
    trailing = described = False
    family = family_of(pread, source.size)
    try:
        for span in family.walk(pread, source.size):
            _check_readable(source, span)
            trailing = span.skippable
            if not trailing:
                spans.append(span)
            elif not described:
                described = pread(len(INDEX_TAG), span.offset + _BEFORE_TAG) in _TAGS
    except WalkError as error:
        what = str(error)
        if source.next_volume is not None:
            what += f"; perhaps {shown(os.path.basename(source.next_volume))} is missing"
        damage = ArchiveDamaged(source.path, what, error.offset)
        # A frame that is cut off still has content up to the cut.
        rest = source.size - error.offset
        spans.append(FrameSpan(0, error.offset, rest, None, checked=False))
    frames = FrameTable(
        array("Q", (span.offset for span in spans)),
        array("Q", (span.length for span in spans)),
        array("Q", (UNKNOWN if span.content is None else span.content for span in spans)),
        None,
        family.coding,
    )
    return FoundFrames(frames, all(span.checked for span in spans), trailing, described, damage)


def _check_readable(source: SourceFile, span: FrameSpan) -> None:
    program = "lz4" if span.magic == LZ4_MAGIC else "zstd"
    if span.dictionary:
        raise FrameNotRead(source.path, "a dictionary, which is not in it", f"{program} -D")
    if span.window > 1 << MAX_WINDOW_LOG:
        what = f"a window of {span.window >> 20:,} MiB; zpack takes 128"
        raise FrameNotRead(source.path, what, f"{program} --long=31")


def settle_sizes(frames: FrameTable, starts: "array[int]", position: int) -> None:
    """Fill in the sizes that frames did not tell: ``starts`` is where each of those that were
    decoded begins in the content, ``position`` where the last one ends."""
    sizes = frames.dsize
    assert isinstance(sizes, array)
    ends = [*starts[1:], position][: len(starts)]  # none, of a file without data frames
    for frame, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if sizes[frame] == UNKNOWN:
            sizes[frame] = end - start
    for frame in range(len(starts), len(sizes)):
        if sizes[frame] == UNKNOWN:
            sizes[frame] = 0
