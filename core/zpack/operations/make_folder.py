"""Make folders in an archive."""

import os
from functools import partial

from zpack.entries import Attributes, TreeEdit
from zpack.errors import NameTaken, NothingToChange, ZpackError
from zpack.jobs import Control
from zpack.native.archive import Archive
from zpack.operations.edit import Change, run_edit
from zpack.operations.edit_paths import collect, entry_path, make_folders, new_folder
from zpack.operations.edit_requests import MakeFolderRequest
from zpack.operations.reports import EditReport
from zpack.operations.request_types import check_types


def make_folder(request: MakeFolderRequest, control: Control) -> EditReport:
    """Make folders, and those on the way to them. One that the archive only implies gets an entry
    of its own. Raises as ``run_edit`` does."""
    check_types(request, MakeFolderRequest)
    faults: list[ZpackError] = [] if request.paths else [NothingToChange()]
    return run_edit(request, control, faults, partial(_choose, request))


def _choose(request: MakeFolderRequest, archive: Archive) -> Change:
    change, like = Change(TreeEdit(archive.listing)), new_folder(request.latest)
    for text in request.paths:
        try:
            _make(change.edit, entry_path(text), like)
        except ZpackError as fault:
            collect(change.faults, fault)
    return change


def _make(edit: TreeEdit, path: bytes, like: Attributes) -> None:
    if any(map(edit.listing.has_entry, edit.listing.find_all(path))):
        raise NameTaken(os.fsdecode(path), "Choose another name.")
    make_folders(edit, path, like)
    edit.make_folder(path, like)
