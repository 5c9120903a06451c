"""Take entries out of an archive."""

from functools import partial

from zpack.entries import TreeEdit
from zpack.errors import NothingToChange, ZpackError
from zpack.jobs import Control
from zpack.native.archive import Archive
from zpack.operations.edit import Change, run_edit
from zpack.operations.edit_paths import collect, rows_of
from zpack.operations.edit_requests import DeleteRequest
from zpack.operations.reports import EditReport
from zpack.operations.request_types import check_types


def delete(request: DeleteRequest, control: Control) -> EditReport:
    """Delete members with all below them; an archive may end up without any.

    Of a file with several names the content stays as long as one of them does. Raises as
    ``run_edit`` does.
    """
    check_types(request, DeleteRequest)
    faults: list[ZpackError] = [] if request.members else [NothingToChange()]
    return run_edit(request, control, faults, partial(_choose, request))


def _choose(request: DeleteRequest, archive: Archive) -> Change:
    change = Change(TreeEdit(archive.listing))
    for member in request.members:
        try:
            for row in rows_of(change.edit, member):
                change.edit.drop(row)
        except ZpackError as fault:
            collect(change.faults, fault)
    return change
