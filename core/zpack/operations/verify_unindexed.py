"""Quick verification of an archive without an index: what can be known without unpacking it."""

from zpack.native.unread import Unread
from zpack.operations.damage import Condition, Depth, FrameFinding
from zpack.operations.proof_state import unread_problems, unread_proof
from zpack.operations.reports import VerifyReport


def unread_report(unread: Unread, seconds: float) -> VerifyReport:
    """All that shows is whether its frames follow one another up to the end of the file."""
    return VerifyReport(
        archive=unread.source.path,
        proof=unread_proof(unread),
        files=0,
        good=0,
        bytes_checked=0,
        seconds=seconds,
        problems=unread_problems(unread),
        depth=Depth.QUICK,
        frames=len(unread.found.frames),
        damaged_frames=_damaged(unread),
    )


def _damaged(unread: Unread) -> tuple[FrameFinding, ...]:
    """Where frames stopped making sense, the rest of the file is the last one."""
    damage, frames = unread.found.damage, unread.found.frames
    if damage is None:
        return ()
    last = len(frames) - 1
    place = frames.offset[last], frames.csize[last]
    return (FrameFinding(last, Condition.DAMAGED, *place, 0, 0, 0, damage.what),)
