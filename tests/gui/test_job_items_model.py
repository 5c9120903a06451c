"""The rows of a job's files: order, filters, and what a sample costs with 100,000 of them."""

import gc
from array import array

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.gui.listings import small_listing, wide_listing
from zpack.jobs import Outcome, Sample
from zpack_gui.models.job_cells import PROGRESS_ROLE, JobColumn, Verb
from zpack_gui.models.job_items_model import JobItemsModel, Shown
from zpack_gui.widgets.job_files import JobFiles

MANY = 100_000


def sample(
    active: tuple[tuple[int, int], ...] = (),
    finished: tuple[int, ...] = (),
    outcomes: bytes = b"",
) -> Sample:
    return Sample(
        phase="creating",
        bytes_total=100,
        bytes_done=50,
        bytes_out=10,
        items_total=10,
        items_done=len(finished),
        active=active,
        finished=array("I", finished),
        outcomes=outcomes or bytes([Outcome.DONE]) * len(finished),
    )


@pytest.fixture
def model(qtbot: QtBot, theme: object) -> JobItemsModel:
    made = JobItemsModel(Verb.CREATE)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    made.tester = QAbstractItemModelTester(made, mode)  # type: ignore[attr-defined]
    listing = small_listing()
    made.set_items(listing, bytearray(len(listing)))
    return made


def rows(model: JobItemsModel) -> list[int]:
    return [model.row_at(position) for position in range(model.rowCount())]


def take(model: JobItemsModel, new: Sample) -> None:
    """As the engine does: outcomes first, then the sample that tells of them."""
    for item, outcome in zip(new.finished, new.outcomes, strict=True):
        model.outcomes[item] = outcome  # type: ignore[index]
    model.take(new)


def test_folders_have_no_row(model: JobItemsModel) -> None:
    assert rows(model) == [1, 4, 5, 6, 7, 8, 9, 10, 11, 12]


def test_what_is_in_work_is_on_top_then_what_was_finished_last(model: JobItemsModel) -> None:
    take(model, sample(active=((8, 1_000_000), (7, 0)), finished=(11,)))
    take(model, sample(active=((8, 1_500_000),), finished=(7, 12)))
    assert rows(model) == [8, 12, 7, 11, 1, 4, 5, 6, 9, 10]
    assert model.index(0, JobColumn.STATE).data() == "75 %"
    assert model.index(0, JobColumn.STATE).data(PROGRESS_ROLE) == 750
    assert model.index(1, JobColumn.STATE).data() == "Done"
    assert model.index(1, JobColumn.STATE).data(PROGRESS_ROLE) is None
    assert model.index(5, JobColumn.STATE).data() == "Waiting"


def test_filters(model: JobItemsModel) -> None:
    bad = bytes([Outcome.FAILED, Outcome.DONE])
    take(model, sample(active=((8, 0),), finished=(1, 4), outcomes=bad))
    model.show(Shown.ACTIVE)
    assert rows(model) == [8]
    model.show(Shown.PROBLEMS)
    assert rows(model) == [1]
    assert model.index(0, JobColumn.STATE).data() == "Could not be read"
    model.show(Shown.ALL)
    assert len(rows(model)) == 10


def test_in_the_end_problems_come_first_and_the_rest_by_path(model: JobItemsModel) -> None:
    take(model, sample(finished=(4, 9), outcomes=bytes([Outcome.DONE, Outcome.FAILED])))
    model.end()
    assert rows(model) == [9, 1, 4, 5, 6, 7, 8, 10, 11, 12]
    assert model.index(1, JobColumn.STATE).data() == "Not reached"


def test_only_the_parts_that_a_job_is_about(model: JobItemsModel) -> None:
    listing = small_listing()
    model.set_items(listing, bytearray(len(listing)), listing.subtree(2))
    assert rows(model) == [11, 12]


def test_a_sample_of_a_big_job_is_cheap(qtbot: QtBot, theme: object) -> None:
    model = JobItemsModel(Verb.CREATE)
    files = JobFiles(model)
    qtbot.addWidget(files)
    files.resize(800, 300)
    files.show()
    qtbot.waitExposed(files)
    model.set_items(wide_listing(MANY), bytearray(MANY + 1))
    told = {"data": 0, "layout": 0, "reset": 0}
    model.dataChanged.connect(lambda *_: told.update(data=told["data"] + 1))
    model.layoutChanged.connect(lambda *_: told.update(layout=told["layout"] + 1))
    model.modelReset.connect(lambda: told.update(reset=told["reset"] + 1))
    gc.collect()
    before = len(gc.get_objects())
    for number in range(100):
        first = 1 + 1000 * number
        take(model, sample(((first + 1000, 0),), tuple(range(first, first + 1000))))
    assert told["data"] <= 100
    assert told["layout"] <= 100
    assert told["reset"] == 0
    gc.collect()
    assert len(gc.get_objects()) - before < 500
    model.end()
    assert model.rowCount() == MANY
