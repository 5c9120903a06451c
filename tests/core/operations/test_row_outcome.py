"""What came of rows, as front ends see it."""

from zpack.entries import Attributes, Kind, ListingBuilder
from zpack.jobs import Outcome, Progress, ProgressReader
from zpack.operations.row_outcome import finish_row


def test_folders_are_told_and_not_counted() -> None:
    rows = ListingBuilder()
    folder = rows.append(0, b"folder", Attributes(Kind.DIRECTORY))
    file = rows.append(folder, b"file", Attributes(Kind.FILE))
    listing, progress = rows.build(), Progress()
    progress.start(listing, 1, 0)
    lane = progress.lane()
    finish_row(progress, listing, lane, folder, Outcome.DONE)
    finish_row(progress, listing, lane, file, Outcome.DONE)
    finish_row(progress, listing, lane, file, Outcome.DAMAGED)  # turned out later
    sample = ProgressReader(progress).sample()
    assert list(sample.finished) == [folder, file, file]
    assert sample.items_done == 1
    assert list(progress.outcomes) == [Outcome.WAITING, Outcome.DONE, Outcome.DAMAGED]
