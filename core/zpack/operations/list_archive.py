"""List an archive."""

from zpack.errors import RequestRefused, ZpackError
from zpack.filesystem import open_source
from zpack.jobs import Control
from zpack.native.archive import has_index
from zpack.native.tail_check import read_record
from zpack.operations.limits import LimitGuard
from zpack.operations.name_encoding import encoding_faults, named
from zpack.operations.opening import open_for
from zpack.operations.proof_state import description_problems
from zpack.operations.reports import ListReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import ListRequest


def list_archive(request: ListRequest, control: Control) -> ListReport:
    """What is in an archive: from its index, or by reading it through where it has none.

    Raises the errors of ``open_readable``, and :class:`RequestRefused` for an unknown encoding.
    """
    check_types(request, ListRequest)
    guard = LimitGuard(request.archive, request.limits, control)
    if faults := encoding_faults(request.name_encoding):
        raise RequestRefused(faults)
    with open_for(request.archive, control, guard=guard) as archive:
        listing = named(archive.listing, request.name_encoding)
        tail = archive.tail
        record = None if tail is None else read_record(archive.source, tail)
        control.progress.start(listing, len(listing) - 1, 0)
        return ListReport(
            request.archive,
            listing,
            indexed=tail is not None,
            problems=description_problems(archive),
            format=archive.format,
            recovery_percent=0 if record is None else record.percent,
        )


def opens_at_once(path: str) -> bool:
    """Whether the archive has an index that can be believed; False for whatever is no archive."""
    try:
        with open_source(path) as source:
            return has_index(source)
    except (ZpackError, OSError):
        return False
