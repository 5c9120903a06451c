"""Brings back what is whole of an archive whose index can be read."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from zpack.entries import ListingError
from zpack.filesystem import AtomicFile
from zpack.jobs import Control
from zpack.native.description_search import Description, find_description
from zpack.native.frame_finder import FoundFrames, find_frames_of
from zpack.native.layout import LayoutError
from zpack.native.locator import LOCATOR_LENGTH, decode_locator
from zpack.native.record_copies import Copy, open_copies
from zpack.native.restore_plan import begins_archive
from zpack.native.salvage import DamagedImage, Salvage, damaged_image, plan_salvage
from zpack.native.tail import read_tail
from zpack.native.tail_writer import encode_ending
from zpack.operations.byte_copies import append_bytes, pieces_of, stepper
from zpack.operations.damaged_copies import DamagedCopies
from zpack.operations.limits import LimitGuard, Limits
from zpack.operations.repair_record import restored_image
from zpack.records import record


@record
class Salvageable:
    """What is whole of damaged copies. ``exact``: everything is, and the archive had nothing else,
    so that it can be put together byte for byte. ``percent`` is the size of its recovery record,
    None without one."""

    description: Description
    found: FoundFrames
    image: DamagedImage
    salvage: Salvage
    exact: bool
    percent: int | None

    @property
    def has_digests(self) -> bool:
        """Whether what comes back can be proven."""
        return self.description.tail.locator.digests is not None

    def ending(self) -> bytes:
        """What follows index and digests, if there is no recovery record."""
        tail, lengths = self.description.tail, list(self.description.lengths)
        return encode_ending(tail.locator, tail.frames, lengths, tail.profile, None)

    def is_first_copy(self, copies: DamagedCopies) -> bool:
        """Whether the first copy is byte for byte what this is, and so has no damage."""
        source, image, at = copies.sources[0], self.image.archive.source, 0
        ending = self.ending()
        if source.size != image.size + len(ending):
            return False
        if source.pread(len(ending), image.size) != ending:
            return False
        for piece in pieces_of(image, 0, image.size):
            if source.pread(len(piece), at) != piece:
                return False
            at += len(piece)
        return True


@contextmanager
def salvageable(
    copies: DamagedCopies, folder: str, limits: Limits, control: Control
) -> Iterator[Salvageable | None]:
    """Look for the frames of the copies' index; None if no index can be read. ``folder`` has room
    for what a recovery record can compute, if there is one. Raises :class:`LimitReached`."""
    with ExitStack() as opened:
        pool = _pool(copies, folder, control, opened)
        description = find_description(pool, control.check)
        if description is None:
            yield None
            return
        guard = LimitGuard(copies.path, limits, control)
        packed = sum(source.size for source in copies.sources)
        guard.chosen(len(description.listing), sum(description.frames.dsize), packed)
        found = find_frames_of(description.frames, pool, control.check)
        if _is_inner(found):
            yield None
            return
        image = damaged_image(copies.sources[0], description, found)
        opened.enter_context(image.archive.source)
        try:
            salvage = plan_salvage(image, control.check)
        except (ListingError, IndexError):  # its index leads nowhere
            yield None
            return
        percent = copies.plan.geometry.percent if copies.plan is not None else None
        exact = not found.missing() and percent is None and _had_no_record(copies, description)
        yield Salvageable(description, found, image, salvage, exact, percent)


def _pool(copies: DamagedCopies, folder: str, control: Control, opened: ExitStack) -> list[Copy]:
    """All copies; before them what a recovery record makes of them."""
    if copies.plan is None:
        return open_copies(copies.sources)
    restoration = opened.enter_context(restored_image(copies.plan, folder, control))
    image = restoration.image
    return [Copy(image, image.pread), *copies.plan.record.copies]


def _is_inner(found: FoundFrames) -> bool:
    """Whether the index is that of an archive inside of this one."""
    moved = found.has(0) and found.at(0) > found.frames.offset[0]
    return moved and begins_archive(found.copy_of(0))


def _had_no_record(copies: DamagedCopies, description: Description) -> bool:
    """Whether a locator tells that there was no recovery record: where one should be, or right
    behind index and digests, wherever those were found."""
    end = description.index_at + len(description.sections) + description.shift
    for copy in open_copies(copies.sources):
        try:
            locator = read_tail(copy.source).locator
        except LayoutError:
            try:
                locator = decode_locator(copy.pread(LOCATOR_LENGTH, end))
            except LayoutError:
                continue
        if locator.index == description.tail.locator.index:
            return locator.recovery is None
    return False


def write_exact(found: Salvageable, target: AtomicFile, control: Control) -> None:
    """Put the archive together as it was."""
    from_image, step = found.image.archive.source, stepper(control)
    control.progress.bytes_total += from_image.size
    append_bytes(target, from_image, 0, from_image.size, step)
    target.write(found.ending())
