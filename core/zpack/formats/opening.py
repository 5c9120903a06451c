"""Opens any archive that zpack can read."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from zpack import native
from zpack.entries import ListingError
from zpack.errors import ArchiveDamaged, FormatNotRead, NotATar
from zpack.filesystem import Patience, SourceFile, open_source
from zpack.formats.names import promises_tar, stem
from zpack.formats.recognize import recognize_source
from zpack.native.archive import Archive, open_archive, open_indexed
from zpack.native.layout import LayoutError
from zpack.native.unread import Unread

if TYPE_CHECKING:
    from zpack.native.scan import Count


@contextmanager
def open_readable(
    path: str,
    check: Callable[[], None],
    count: "Count",
    *,
    every_row: bool = False,
) -> Iterator[Archive]:
    """An archive, open while the ``with`` lasts; arguments as those of ``open_archive``. One
    compressed file is an archive too, of one entry named after it.

    Raises the errors of ``recognize`` and ``open_archive``, and :class:`FormatNotRead`. An index
    that leads nowhere, inside the ``with`` too, is :class:`ArchiveDamaged`.
    """
    with _opened(path, check) as source:
        name = None if promises_tar(path) else os.fsencode(stem(path))
        yield open_archive(source, check, count, every_row=every_row, plain_name=name)


@contextmanager
def open_unread(path: str, check: Callable[[], None]) -> Iterator[Archive | Unread]:
    """As :func:`open_readable` with ``every_row``, but an archive without an index is not read
    through: only its frames are found."""
    with _opened(path, check) as source:
        yield _indexed_or_not(source, check)


@contextmanager
def _opened(path: str, check: Callable[[], None]) -> Iterator[SourceFile]:
    """A file of a format that can be read; what leads nowhere in it is told as damage."""
    with open_source(path, Patience(check)) as source:
        found = recognize_source(source)
        if not found.format.can_open:
            raise FormatNotRead(path, found.format.title)
        try:
            yield source
        except (ListingError, IndexError) as error:
            raise ArchiveDamaged(path, "its index contradicts itself") from error


def _indexed_or_not(source: SourceFile, check: Callable[[], None]) -> Archive | Unread:
    try:
        return open_indexed(source, every_row=True)
    except (LayoutError, ListingError) as error:
        unread = native.find_unread(source, str(error), check)
    if promises_tar(source.path) and unread.found.damage is None and not unread.is_tar:
        raise NotATar(source.path)
    return unread
