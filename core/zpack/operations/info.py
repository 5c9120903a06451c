"""Facts about an archive as a whole."""

from zpack.entries import Kind
from zpack.jobs import Control
from zpack.native.tail_check import read_record
from zpack.operations.limits import LimitGuard
from zpack.operations.opening import open_for
from zpack.operations.proof_state import description_problems
from zpack.operations.reports import InfoReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import InfoRequest


def info(request: InfoRequest, control: Control) -> InfoReport:
    """Facts. Reads the index only, where there is one. Raises the errors of ``open_readable``."""
    check_types(request, InfoRequest)
    guard = LimitGuard(request.archive, request.limits, control)
    with open_for(request.archive, control, guard=guard) as archive:
        listing, tail = archive.listing, archive.tail
        kinds = bytes(listing.kind)
        record = None if tail is None else read_record(archive.source, tail)
        newest = max(listing.tar_order(), key=listing.mtime_total_ns, default=None)
        return InfoReport(
            archive=request.archive,
            format=archive.format,
            size=archive.source.size,
            files=kinds.count(Kind.FILE),
            folders=kinds.count(Kind.DIRECTORY) - 1,
            links=kinds.count(Kind.HARD_LINK) + kinds.count(Kind.SYMLINK),
            content_size=sum(listing.size),
            tar_size=0 if archive.plain else sum(archive.frames.dsize),
            frames=len(archive.frames),
            made_by_zpack=archive.marked,
            indexed=tail is not None,
            has_digests=tail is not None and tail.locator.digests is not None,
            has_recovery=tail is not None and tail.locator.recovery is not None,
            recovery_percent=0 if record is None else record.percent,
            newest_mtime_ns=None if newest is None else listing.mtime_total_ns(newest),
            problems=description_problems(archive),
            volumes=archive.source.volumes,
        )
