"""Keeps what is left of files that are lost, apart from those that are whole."""

from collections.abc import Iterable

from zpack.filesystem import AtomicFile
from zpack.jobs import Control
from zpack.native.partial_files import PartialFile, PartialTar
from zpack.operations.create_from_tar import ArchiveFromTar
from zpack.operations.requests import CreateRequest, RepairRequest


def write_partial(request: RepairRequest, files: Iterable[PartialFile], control: Control) -> int:
    """Write them into the archive that was asked for, which proves nothing; none, if nothing is
    left of any. Returns how many there are. Raises errors of the system."""
    if request.partial is None:
        return 0
    found = iter(files)
    first = next(found, None)
    if first is None:
        return 0
    tar = PartialTar(request.damaged, _together(first, found))
    with AtomicFile(request.partial, overwrite=request.overwrite, check=control.check) as target:
        wishes = CreateRequest(request.partial, (), threads=request.threads)
        ArchiveFromTar(wishes, tar, target, control, proven=False).run()
        target.commit()
    return tar.count


def _together(first: PartialFile, others: Iterable[PartialFile]) -> Iterable[PartialFile]:
    yield first
    yield from others
