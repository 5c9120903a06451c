"""Give an entry of an archive another path."""

import os
from functools import partial

from zpack.entries import TreeEdit
from zpack.errors import IntoItself, NameTaken, ZpackError
from zpack.jobs import Control
from zpack.native.archive import Archive
from zpack.operations.edit import Change, run_edit
from zpack.operations.edit_paths import collect, entry_path, make_folders, new_folder, rows_of
from zpack.operations.edit_requests import RenameRequest
from zpack.operations.reports import EditReport
from zpack.operations.request_types import check_types

_HINT = "Choose another name, or delete that first."


def rename(request: RenameRequest, control: Control) -> EditReport:
    """Move a member, with all below it, to a path that is free. Raises as ``run_edit`` does."""
    check_types(request, RenameRequest)
    return run_edit(request, control, [], partial(_choose, request))


def _choose(request: RenameRequest, archive: Archive) -> Change:
    change = Change(TreeEdit(archive.listing), hint=_HINT)
    for step in (_check_member, _check_path):
        try:
            step(request, change.edit)
        except ZpackError as fault:
            collect(change.faults, fault)
    if not change.faults:
        _move(request, change)
    return change


def _check_member(request: RenameRequest, edit: TreeEdit) -> None:
    rows_of(edit, request.member)


def _check_path(request: RenameRequest, edit: TreeEdit) -> None:
    new = entry_path(request.new_path)
    old = _path_of(edit, request.member)
    if old is not None and new.startswith(old + b"/"):
        raise IntoItself(request.member, request.new_path)
    if edit.listing.find_all(new):
        raise NameTaken(os.fsdecode(new), _HINT)


def _path_of(edit: TreeEdit, member: str) -> bytes | None:
    row = edit.listing.find(os.fsencode(member))
    return edit.listing.path(row) if row else None


def _move(request: RenameRequest, change: Change) -> None:
    new = entry_path(request.new_path)
    try:
        make_folders(change.edit, new.rpartition(b"/")[0], new_folder(request.latest))
    except ZpackError as fault:
        collect(change.faults, fault)
    for row in rows_of(change.edit, request.member):
        change.edit.move(row, new)
