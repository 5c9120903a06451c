"""What verification finds that is not good, and where: shapes only."""

from enum import Enum

from zpack.records import record

MOST_STRETCHES = 100  # of one file; the last stands for what follows it, too
MOST_PATHS = 10  # that are named with one frame


class Depth(Enum):
    """How deep a verification goes."""

    QUICK = "quick"  # every byte of the archive against its checksums; nothing is unpacked
    FULL = "full"  # everything unpacked, every header and every file's digest compared


class Condition(Enum):
    """How an entry or a frame stands."""

    GOOD = "good"
    DAMAGED = "damaged"
    MISSING = "missing"  # listed, but not in the archive
    REPAIRED = "repaired"


@record
class Stretch:
    """Bytes ``start`` to ``end`` (exclusive) of a file's content, no others, may not be what was
    put in. They are in frames ``first_frame`` to ``last_frame`` (inclusive): ``size`` bytes of the
    archive, from ``offset`` on. ``start`` and ``end`` are 0 for what has no content."""

    start: int
    end: int
    first_frame: int
    last_frame: int
    offset: int
    size: int


@record
class EntryFinding:
    """An entry that is not good, ``size`` bytes large, and why (``what``). ``stretches`` are at
    most ``MOST_STRETCHES``, and none for what is missing."""

    path: str
    condition: Condition
    size: int
    what: str
    stretches: tuple[Stretch, ...] = ()


@record
class FrameFinding:
    """A frame that is not good: ``size`` bytes of the archive from ``offset`` on, which unpack to
    ``content_size`` bytes of the tar from ``content_offset`` on. ``entries`` counts those that it
    makes damaged, of which ``paths`` names the first ``MOST_PATHS``."""

    frame: int
    condition: Condition
    offset: int
    size: int
    content_offset: int
    content_size: int
    entries: int
    what: str
    paths: tuple[str, ...] = ()
