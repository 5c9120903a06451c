"""Put files and folders into an archive."""

from functools import partial

from zpack.entries import NOBODY, TreeEdit
from zpack.errors import EverythingExcluded, NothingReadable, ZpackError
from zpack.filesystem import ScannedTree, archive_order
from zpack.jobs import Control
from zpack.native.archive import Archive
from zpack.operations.create import scan
from zpack.operations.create_check import check_choices, check_sources
from zpack.operations.edit import Change, run_edit
from zpack.operations.edit_coming import Coming
from zpack.operations.edit_paths import collect, entry_path, make_folders, new_folder
from zpack.operations.edit_requests import AddRequest
from zpack.operations.presets import preset_of
from zpack.operations.reports import EditReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import CreateRequest

_HINT = "Allow it to be replaced (--replace), or put it into another folder (--to)."


def add(request: AddRequest, control: Control) -> EditReport:
    """Add sources. Those that cannot be read, or change meanwhile, are reported and the rest goes
    on, unless they should replace something: then nothing is changed. Raises as ``run_edit``
    does."""
    check_types(request, AddRequest)
    creation = _as_creation(request)
    faults = [*check_choices(creation), *check_sources(creation)]
    return run_edit(request, control, faults, partial(_choose, request, control, not faults))


def _as_creation(request: AddRequest) -> CreateRequest:
    """What comes is looked at as if an archive were made of it."""
    return CreateRequest(
        target=request.archive,
        sources=request.sources,
        preset=request.preset,
        level=request.level,
        threads=request.threads,
        exclude=request.exclude,
        exclude_from=request.exclude_from,
        exclude_vcs=request.exclude_vcs,
        exclude_caches=request.exclude_caches,
        dereference=request.dereference,
        owners=request.owners,
        latest=request.latest,
    )


def _choose(request: AddRequest, control: Control, can_scan: bool, archive: Archive) -> Change:
    change = Change(TreeEdit(archive.listing, replace=request.replace), hint=_HINT)
    try:
        folder = entry_path(request.folder) if request.folder.strip("/") else b""
        like = new_folder(request.latest)
        like.owner = like.owner if request.owners else NOBODY
        make_folders(change.edit, folder, like)
    except ZpackError as fault:
        collect(change.faults, fault)
        return change
    if can_scan:
        tree = scan(_as_creation(request), control)
        change.faults.extend(_check_any(tree))
        preset = preset_of(request.preset, archive.profile, request.archive)
        change.coming = Coming(tree, archive_order(tree, by_type=preset.by_type))
        change.edit.put(tree.rows, folder)
    return change


def _check_any(tree: ScannedTree) -> list[ZpackError]:
    if len(tree.rows) > 1:
        return []
    unreadable = [NothingReadable(p.path, p.title.lower()) for p in tree.problems]
    return [*unreadable] or [EverythingExcluded()]
