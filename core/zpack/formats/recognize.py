"""Tells a file's format by its content."""

from zpack.errors import ArchiveEmpty, NotAnArchive, VolumeMissing
from zpack.filesystem import SourceFile, missing_first, open_source
from zpack.formats.names import promised_format
from zpack.formats.registry import FORMATS, Format
from zpack.native.archive import indexed_format
from zpack.records import record


@record
class Recognized:
    """``format`` by content. ``misnamed``: the name has the ending of another format."""

    format: Format
    misnamed: bool


def recognize(path: str) -> Recognized:
    """The format of a file. Reads a few bytes.

    Raises :class:`SourceMissing`, :class:`SourceUnreadable`, :class:`ArchiveIsDirectory`,
    :class:`ArchiveEmpty`, :class:`NotAnArchive` or :class:`VolumeMissing`.
    """
    with open_source(path) as source:
        return recognize_source(source)


def recognize_source(source: SourceFile) -> Recognized:
    """As :func:`recognize`, for a file that is open."""
    if not source.size:
        raise ArchiveEmpty(source.path)
    for candidate in FORMATS:
        if any(source.pread(len(m.data), m.offset) == m.data for m in candidate.magics):
            return Recognized(candidate, _misnamed(source.path, candidate))
    first = missing_first(source.path)
    if first is not None:
        raise VolumeMissing(first, source.path)
    title = indexed_format(source)  # the head is overwritten; the tail still tells what it was
    for candidate in FORMATS:
        if candidate.title == title:
            return Recognized(candidate, misnamed=False)
    raise NotAnArchive(source.path)


def _misnamed(path: str, found: Format) -> bool:
    return promised_format(path) not in (None, found)


def other_ending(path: str) -> Format | None:
    """The format that a name's ending promises, if it is one that zpack does not make."""
    promised = promised_format(path)
    return None if promised is None or promised.can_create else promised
