"""Opens the archive that an operation reads, telling front ends how far a scan is."""

from contextlib import AbstractContextManager

from zpack.formats import open_readable
from zpack.jobs import Control
from zpack.native.archive import Archive


def open_for(path: str, control: Control) -> AbstractContextManager[Archive]:
    """The archive, open while the ``with`` lasts. Raises as ``open_readable`` does."""
    progress = control.progress

    def count(entries: int, bytes_read: int) -> None:
        progress.items_total = entries
        progress.bytes_total = bytes_read

    progress.phase = "reading"
    return open_readable(path, control.check, count)
