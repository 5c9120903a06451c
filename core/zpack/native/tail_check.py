"""What follows the tar, looked at beyond what is needed to use an archive."""

from collections.abc import Callable

from zpack.errors import ReadFailed
from zpack.filesystem import SourceFile
from zpack.native.file_end import FileEnd
from zpack.native.layout import section_frames
from zpack.native.locator import LOCATOR_LENGTH
from zpack.native.recovery_check import check_record, read_geometry
from zpack.native.recovery_geometry import Geometry
from zpack.native.tail import Tail, read_section


def check_whole(source: SourceFile, tail: Tail, check: Callable[[], None] = lambda: None) -> None:
    """That what stands around data frames and sections, and the recovery record, is exactly as it
    should be: it is not read to use the archive. ``check`` is called now and then, and may raise.
    Raises :class:`LayoutError`."""
    lengths = section_lengths(source, tail)
    end = FileEnd(source)
    read = FileEnd(source, ahead=0).read
    lengths += check_record(lambda length, offset: read(offset, length), tail.locator, check)
    lengths.append(LOCATOR_LENGTH)
    tail.closing.check_whole(end, tail.frames, tail.locator, lengths)


def section_lengths(source: SourceFile, tail: Tail) -> list[int]:
    """Lengths of the frames of index and digests. Raises :class:`LayoutError`."""
    end = FileEnd(source)
    lengths = section_frames(read_section(end, tail.locator.index))
    if tail.locator.digests is not None:
        lengths += section_frames(read_section(end, tail.locator.digests))
    return lengths


def read_record(source: SourceFile, tail: Tail) -> Geometry | None:
    """The geometry of its recovery record; None without, and if nothing of it can be read."""
    try:
        return read_geometry(source.pread, tail.locator, lambda: None)
    except ReadFailed:
        return None
