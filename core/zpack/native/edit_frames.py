"""What an edit does with each stretch of an archive's frames."""

from array import array
from enum import Enum

from zpack.entries import NO_ROW, Kind
from zpack.native.archive import Archive
from zpack.native.edit_plan import EditPlan
from zpack.native.runs import Run, plan_runs
from zpack.records import record
from zpack.tar import encode_entry, padding

_SMALL = 4  # a frame with less than this part of a frame's content can be joined with others


class Step(Enum):
    """From the cheapest to the dearest."""

    SKIP = "nothing in it stays"
    COPY = "byte for byte"
    CHECK = "only links and folders stay: they are written anew, once they agree with the index"
    RESTATE = "one large file under another name: all but its first frame is copied"
    RECODE = "what stays of it is decoded and coded"


@record
class RunStep:
    """A stretch of frames and what becomes of it."""

    step: Step
    run: Run


def plan_frames(archive: Archive, plan: EditPlan, capacity: int) -> list[RunStep]:
    """The steps, in the order of the archive. ``capacity`` is the content of a frame to be made, in
    bytes.

    Raises :class:`ListingError` as ``plan_runs`` does.
    """
    order = archive.listing.tar_order()
    steps = [RunStep(_step(archive, plan, run), run) for run in plan_runs(archive, order)]
    return _join_small(archive, steps, capacity, more_follow=len(plan.files) > 0)


def _step(archive: Archive, plan: EditPlan, run: Run) -> Step:
    kinds = archive.listing.kind
    if not run.rows:
        return Step.SKIP  # the mark, or the end
    files = [row for row in run.rows if kinds[row] == Kind.FILE]
    if archive.tail is not None and len(files) == len(run.rows) and all(map(plan.stays, files)):
        return Step.COPY
    if all(plan.content[row] == NO_ROW for row in files):
        return _step_without_files(archive, plan, run.rows)
    return Step.RESTATE if _can_restate(archive, run) else Step.RECODE


def _can_restate(archive: Archive, run: Run) -> bool:
    """Whether all headers of a large file are in its first frame, with nothing but content after
    them."""
    if archive.tail is None or len(run.rows) != 1 or run.last - run.first == 1:
        return False
    listing, row = archive.listing, run.rows[0]
    attributes = listing.attributes(row)
    if attributes.holes is not None and attributes.holes.packed:
        return False
    return len(encode_entry(listing.path(row), attributes)) < archive.frames.dsize[run.first]


def _step_without_files(archive: Archive, plan: EditPlan, rows: "array[int]") -> Step:
    if archive.tail is None:
        return Step.SKIP  # the listing was made of these very headers
    # `content` tells for rows of all kinds whether they stay.
    return Step.CHECK if any(plan.content[row] != NO_ROW for row in rows) else Step.SKIP


def _join_small(
    archive: Archive, steps: list[RunStep], capacity: int, *, more_follow: bool
) -> list[RunStep]:
    """Small frames beside others that are coded anew are coded with them: else adding one file
    after the other would make a frame for each."""
    joined: list[RunStep] = []
    room = 0
    last = max((at for at, each in enumerate(steps) if each.step is Step.COPY), default=-1)
    for at, each in enumerate(steps):
        step = each.step
        if step is Step.COPY:
            size = _content(archive, each.run)
            if size < capacity // _SMALL and (size <= room or (more_follow and at == last)):
                step = Step.RECODE
                room -= size
            else:
                room = 0
        elif step is Step.RECODE:
            room = capacity
        elif step is Step.RESTATE:
            room = 0
        joined.append(RunStep(step, each.run))
    return joined


def _content(archive: Archive, run: Run) -> int:
    return sum(archive.frames.dsize[run.first : run.last])


def bytes_of(archive: Archive, plan: EditPlan, each: RunStep) -> int:
    """How much work a step is: compressed bytes to copy, and content of files to code."""
    run, frames, listing = each.run, archive.frames, archive.listing
    if each.step is Step.COPY:
        return sum(frames.csize[run.first : run.last])
    if each.step is Step.RESTATE:
        size = listing.size[run.rows[0]]
        first = size + padding(size) - sum(frames.dsize[run.first + 1 : run.last])
        return first + sum(frames.csize[run.first + 1 : run.last])
    if each.step is Step.RECODE:
        return sum(listing.size[row] for row in run.rows if plan.content[row] != NO_ROW)
    return 0
