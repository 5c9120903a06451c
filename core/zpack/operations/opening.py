"""Opens the archive that an operation reads, telling front ends how far a scan is."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from zpack.filesystem import archive_size
from zpack.formats import open_readable
from zpack.jobs import Control
from zpack.native.archive import Archive
from zpack.operations.limits import USUAL_LIMITS, LimitGuard


@contextmanager
def open_for(
    path: str, control: Control, *, every_row: bool = False, guard: LimitGuard | None = None
) -> Iterator[Archive]:
    """The archive, open while the ``with`` lasts. Raises as ``open_readable`` does, and
    :class:`LimitReached` where an archive without an index goes past a limit (without a ``guard``,
    past the usual ones).

    ``every_row`` for work that goes through all of an archive: see ``open_archive``.

    While an archive without an index is read through, the progress counts bytes of the file.
    """
    progress = control.progress
    lane = progress.lane()
    watch = guard or LimitGuard(path, USUAL_LIMITS, control)

    def count(entries: int, bytes_read: int, decoded: int = 0, memory: int = 0) -> None:
        progress.items_total = entries
        lane.bytes_done = bytes_read
        watch.scanned(entries, bytes_read, decoded, memory)

    progress.phase = "reading"
    with suppress(OSError):  # opening tells what is wrong
        progress.bytes_total = archive_size(path)
    with open_readable(path, control.check, count, every_row=every_row) as archive:
        lane.bytes_done = 0
        yield archive
