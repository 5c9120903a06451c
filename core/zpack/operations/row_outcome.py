"""Tells front ends what came of a row."""

from zpack.entries import Kind, Listing
from zpack.jobs import Lane, Outcome, Progress


def finish_row(
    progress: Progress, listing: Listing, lane: Lane, row: int, outcome: Outcome
) -> None:
    """The row is through. Files and links count as items, folders do not. For the lane's thread."""
    is_folder = listing.kind[row] == Kind.DIRECTORY
    (progress.settle if is_folder else progress.finish)(lane, row, outcome)
