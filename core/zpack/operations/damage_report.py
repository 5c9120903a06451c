"""What is told of damage, before and after it is repaired."""

import os

from zpack.entries import Kind
from zpack.native.restore import Restored
from zpack.native.restore_plan import Plan, Stretch
from zpack.operations.damage_extent import files_hit, frames_hit, stretches
from zpack.operations.damaged_copies import DamagedCopies
from zpack.operations.repair_frames import Salvageable
from zpack.operations.repair_scan import FoundEntries
from zpack.operations.reports import DamageReport, LostEntry, Proof, Remedy


def record_report(copies: DamagedCopies, plan: Plan, restored: Restored) -> DamageReport:
    """What a record brings back: everything."""
    tail = restored.tail
    hit = frames_hit(tail.frames, plan.damaged)
    return DamageReport(
        archive=copies.path,
        remedy=Remedy.RESTORED if _is_changed(plan, restored) else Remedy.NONE_NEEDED,
        proof=Proof.PROVEN if tail.locator.digests is not None else Proof.PROOF_LOST,
        files=_files(bytes(tail.listing.kind)),
        lost=(),
        damaged=stretches(plan.damaged),
        frames=len(tail.frames),
        frames_hit=len(hit),
        hit=files_hit(tail.listing, tail.frames, hit),
        recovery_percent=plan.geometry.percent,
        seconds=0.0,
    )


def _is_changed(plan: Plan, restored: Restored) -> bool:
    """Whether anything in the first copy is not as it was, recovery frames and end too."""
    copy = plan.record.copies[0]
    end, ending = plan.geometry.end, restored.ending
    whole = copy.size == end + len(ending) and copy.pread(len(ending), end) == ending
    return not whole or not plan.is_whole


def frames_report(copies: DamagedCopies, found: Salvageable) -> DamageReport:
    """What comes back frame by frame."""
    listing, frames = found.description.listing, found.description.frames
    missing = found.found.missing()
    damaged = [Stretch(frames.offset[frame], frames.csize[frame]) for frame in missing]
    lost = [
        LostEntry(os.fsdecode(listing.path(row)), listing.size[row], why)
        for row, why in sorted(found.salvage.lost.items())
    ]
    return DamageReport(
        archive=copies.path,
        remedy=_remedy(copies, found),
        proof=Proof.PROVEN if found.has_digests else Proof.PROOF_LOST,
        files=_files(bytes(listing.kind)) - len(lost),
        lost=tuple(lost),
        damaged=stretches(damaged),
        frames=len(frames),
        frames_hit=len(missing),
        hit=files_hit(listing, frames, set(missing)),
        recovery_percent=found.percent or 0,
        seconds=0.0,
    )


def scan_report(copies: DamagedCopies, entries: FoundEntries) -> DamageReport:
    """What comes back without an index."""
    if not entries.whole:
        return hopeless_report(copies)
    lost = [
        LostEntry(os.fsdecode(cut.path), cut.size, "only a part of it is there")
        for cut in entries.cut.values()
    ]
    return DamageReport(
        archive=copies.path,
        remedy=Remedy.SALVAGED,
        proof=Proof.PROOF_LOST,
        files=entries.files,
        lost=tuple(lost),
        damaged=(),
        frames=0,
        frames_hit=0,
        hit=(),
        recovery_percent=0,
        seconds=0.0,
        doubtful=entries.doubtful(),
    )


def hopeless_report(copies: DamagedCopies) -> DamageReport:
    """Nothing comes back."""
    percent = copies.plan.geometry.percent if copies.plan is not None else 0
    return DamageReport(
        copies.path, Remedy.HOPELESS, Proof.DAMAGED, 0, (), (), 0, 0, (), percent, 0.0
    )


def _remedy(copies: DamagedCopies, found: Salvageable) -> Remedy:
    lost = len(found.salvage.lost)
    if lost and lost == _files(bytes(found.description.listing.kind)):
        return Remedy.HOPELESS
    if not found.exact or not found.has_digests:
        return Remedy.SALVAGED
    return Remedy.NONE_NEEDED if found.is_first_copy(copies) else Remedy.RESTORED


def _files(kinds: bytes) -> int:
    """How many are no folders."""
    return len(kinds) - kinds.count(Kind.DIRECTORY)
