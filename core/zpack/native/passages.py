"""Finds the data frames of a damaged archive without an index: between damaged places there are
passages, frames one after the other that can be read."""

from array import array
from collections.abc import Callable, Iterator

from zpack.codecs import (
    LZ4_BLOCKS,
    LZ4_FAMILY,
    LZ4_MAGIC,
    MAX_WINDOW_LOG,
    UNKNOWN,
    ZSTD_FRAMES,
    ZSTD_START,
    CodecError,
    FrameSpan,
    FrameTable,
    WalkError,
    decode_lz4_header,
    family_of,
    walk_frames,
)
from zpack.codecs.lz4_block import LENGTH, UNCOMPRESSED, decode_block
from zpack.codecs.lz4_header import LONGEST_HEADER
from zpack.native.byte_search import occurrences
from zpack.native.record_copies import Copy
from zpack.records import record

_MOST_PASSAGES = 10_000
_EFFORT = 16  # times the size of the file


@record
class Passage:
    """Frames of ``copy`` that follow one another. ``begins``: the archive's first is among them.
    ``checked`` has a 1 for each that has a checksum of its content."""

    copy: Copy
    frames: FrameTable
    begins: bool
    checked: bytes


def find_passages(copy: Copy, check: Callable[[], None]) -> list[Passage]:
    """All that can be found, in the file's order; the last frame of a passage may be cut off.
    ``check`` is called now and then, and may raise."""
    magic = int.from_bytes(copy.pread(4, 0), "little")
    if family_of(copy.pread, copy.size) is LZ4_FAMILY:
        return _lz4_passages(copy, check) if magic == LZ4_MAGIC else []
    return list(_zstd_passages(copy, check))


def _zstd_passages(copy: Copy, check: Callable[[], None]) -> Iterator[Passage]:
    at, effort, count = 0, _EFFORT * copy.size + (64 << 20), 0
    while 0 <= at < copy.size and count < _MOST_PASSAGES and effort > 0:
        check()
        spans, stopped = _walk(copy, at)
        effort -= max(stopped - at, 1)
        after = copy.size
        if stopped < copy.size:
            # What seemed to be a frame may have led astray: look from inside the last one on.
            last = spans[-1].offset if spans else at
            after = _next_magic(copy, last + 1, check)
            spans = _cut(spans, stopped, after)
        data = [span for span in spans if not span.skippable and _is_readable(span)]
        if data:
            count += 1
            yield _passage(copy, data, begins=at == 0)
        at = after


def _is_readable(span: FrameSpan) -> bool:
    return not span.dictionary and span.window <= 1 << MAX_WINDOW_LOG


def _walk(copy: Copy, at: int) -> tuple[list[FrameSpan], int]:
    """Frames from ``at`` on, and where they stop making sense."""
    spans: list[FrameSpan] = []
    try:
        for span in walk_frames(copy.pread, copy.size, at):
            spans.append(span)
    except WalkError as error:
        return spans, error.offset
    return spans, copy.size


def _cut(spans: list[FrameSpan], stopped: int, after: int) -> list[FrameSpan]:
    """The frames up to the next passage, with what is left of one that is cut off."""
    kept = [span for span in spans if span.offset + span.length <= after]
    end = kept[-1].offset + kept[-1].length if kept else stopped
    begin = stopped if len(kept) == len(spans) else end
    if begin < after:
        kept.append(FrameSpan(0, begin, after - begin, None, checked=False))
    return kept


def _next_magic(copy: Copy, at: int, check: Callable[[], None]) -> int:
    def spend(_: int) -> bool:
        check()
        return True

    return next(occurrences(copy.pread, ZSTD_START, at, copy.size, spend), copy.size)


def _passage(copy: Copy, spans: list[FrameSpan], *, begins: bool) -> Passage:
    frames = FrameTable(
        array("Q", (span.offset for span in spans)),
        array("Q", (span.length for span in spans)),
        array("Q", (UNKNOWN if span.content is None else span.content for span in spans)),
        None,
        ZSTD_FRAMES,
    )
    return Passage(copy, frames, begins, bytes(span.checked for span in spans))


def _lz4_passages(copy: Copy, check: Callable[[], None]) -> list[Passage]:
    """The blocks of the one frame that our archives are, or anyone's of the same kind: each that
    can be decoded; where one cannot a passage ends."""
    try:
        header = decode_lz4_header(copy.pread(LONGEST_HEADER, 0))
    except CodecError:
        return []
    if header.linked or header.dictionary:
        return []
    passages: list[Passage] = []
    rows: list[tuple[int, int, int]] = []
    at = header.length
    while len(passages) < _MOST_PASSAGES:
        check()
        field = copy.pread(LENGTH.size, at)
        length = LENGTH.unpack(field)[0] if len(field) == LENGTH.size else 0
        size = length & ~UNCOMPRESSED
        if not 0 < size <= header.most:
            break
        content = _content(copy.pread(size, at + LENGTH.size), length, header.most)
        if content:
            rows.append((at, LENGTH.size + size, content))
        elif rows:
            passages.append(_blocks(copy, rows, header.length))
            rows = []
        at += LENGTH.size + size + (LENGTH.size if header.block_checksums else 0)
    return [*passages, _blocks(copy, rows, header.length)] if rows else passages


def _content(body: bytes, length: int, most: int) -> int:
    """How long a block's content is; 0 if it cannot be decoded."""
    if len(body) < length & ~UNCOMPRESSED:
        return 0
    try:
        return len(decode_block(memoryview(body), length, most))
    except CodecError:
        return 0


def _blocks(copy: Copy, rows: list[tuple[int, int, int]], first: int) -> Passage:
    offset, csize, dsize = (array("Q", column) for column in zip(*rows, strict=True))
    frames = FrameTable(offset, csize, dsize, None, LZ4_BLOCKS)
    return Passage(copy, frames, offset[0] == first, bytes(len(rows)))
