"""What must come back, by what docs/format.md and docs/command-line.md promise: from where the
damage is, not from what the engine makes of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.damage_lab.anatomy import Anatomy, Part
from benchmarks.damage_lab.edits import Remains
from benchmarks.damage_lab.record_map import RecordMap


@dataclass(frozen=True, slots=True)
class Promise:
    """``everything``: the archive comes back byte for byte. ``files``: names of those that come
    back, whatever else does."""

    everything: bool
    files: frozenset[str]


def promise(anatomy: Anatomy, record: RecordMap | None, copies: Sequence[Remains]) -> Promise:
    """What is promised of damaged copies of one archive."""
    every = frozenset(member.name for member in anatomy.members)
    if record is not None and within_record(record, copies):
        return Promise(True, every)
    if record is None and _pieces_are_there(anatomy, copies):
        return Promise(True, every)
    return Promise(False, _sure_files(anatomy, copies))


def within_record(record: RecordMap, copies: Sequence[Remains]) -> bool:
    """Whether a head is left, each page in at least one copy where a head tells, and enough shares
    of each group."""
    head = any(_has_any(copies, head) for head in record.heads)
    pages = zip(*record.tables, strict=True)
    table = all(any(_has_page(record, copies, page) for page in same) for same in pages)
    return head and table and not lost_beyond(record, copies)


def _has_page(record: RecordMap, copies: Sequence[Remains], page: Part) -> bool:
    """In its place, or as far from there as a head that is left."""
    for copy in copies:
        shifts = {0, *(copy.shift(head.start, head.end) for head in record.heads)} - {None}
        if copy.shift(page.start, page.end) in shifts:
            return True
    return False


def lost_beyond(record: RecordMap, copies: Sequence[Remains]) -> list[int]:
    """Groups of which more shares are lost than there are recovery shares."""
    shares = (*record.data, *record.recovery)
    lost = Counter(
        number % record.groups for number, share in enumerate(shares) if not _has_any(copies, share)
    )
    return [group for group, count in sorted(lost.items()) if count > record.in_each_group]


def _has_any(copies: Sequence[Remains], part: Part) -> bool:
    return any(copy.has(part.start, part.end) for copy in copies)


def _pieces_are_there(anatomy: Anatomy, copies: Sequence[Remains]) -> bool:
    """Without a record: what describes the archive is whole and together, and all frames are
    somewhere."""
    begin = anatomy.index.start - (4 if anatomy.lz4 else 0)  # the tar's checksum
    whole = any(copy.has(begin, anatomy.locator.end) for copy in copies)
    return whole and all(_there(anatomy, copies))


def _sure_files(anatomy: Anatomy, copies: Sequence[Remains]) -> frozenset[str]:
    """Files in frames that are whole: wherever they are if an index is, else in one stretch."""
    described = [copy for copy in copies if copy.has(anatomy.index.start, anatomy.digests.end)]
    if described:
        there = _there(anatomy, copies)
        return frozenset(
            member.name
            for member in anatomy.members
            if all(there[number] for number in anatomy.frames_of(member))
        )
    if anatomy.lz4:
        return frozenset()  # its blocks have nothing by which they are found
    return frozenset(
        member.name
        for member in anatomy.members
        if any(copy.has(*_stretch(anatomy, anatomy.frames_of(member))) for copy in copies)
    )


def _there(anatomy: Anatomy, copies: Sequence[Remains]) -> list[bool]:
    """Of each frame."""
    return [any(_is_found(anatomy, copy, frame) for copy in copies) for frame in anatomy.frames]


def _is_found(anatomy: Anatomy, copy: Remains, frame: Part) -> bool:
    """The blocks of the lz4 profile cannot be looked for: they are where the index says, or as far
    from there as the index is from its place."""
    shift = copy.shift(frame.start, frame.end)
    if shift is None or not anatomy.lz4:
        return shift is not None
    return shift in (0, copy.shift(anatomy.index.start, anatomy.digests.end))


def _stretch(anatomy: Anatomy, frames: range) -> tuple[int, int]:
    return anatomy.frames[frames[0]].start, anatomy.frames[frames[-1]].end
