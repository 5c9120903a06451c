"""Hard links are stored as such only if they still are: files change while an archive is made."""

from collections.abc import Callable

from zpack.entries import Kind, ListingBuilder
from zpack.errors import reason
from zpack.filesystem import ArchiveOrder
from zpack.operations.create_files import FileReader


def settle_hard_links(
    rows: ListingBuilder, order: ArchiveOrder, files: FileReader, check: Callable[[], None]
) -> None:
    """When all files are stored: names that lead to another file than the one that was read, or to
    one that could not be read, are read themselves. ``order.carriers`` keeps those that are links
    still, each with a name of its own file. ``check`` is called for each and may raise."""
    stored: dict[int, list[int]] = {}  # by the carrier as it was found
    for row in order.hard_links:
        check()
        found = order.carriers.pop(row)
        names = stored.setdefault(found, [found])
        try:
            carrier = next((name for name in names if files.is_name_of(row, name)), None)
        except OSError as error:
            files.leave_out(row, reason(error))
            continue
        if carrier is not None:
            order.carriers[row], rows.links[row] = carrier, rows.path(carrier)
            continue
        rows.kind[row] = Kind.FILE
        del rows.links[row]
        files.add(row, rows.path(row))
        if files.has_other_names(row):
            names.append(row)
