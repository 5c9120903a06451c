"""The browser's model: what it shows, in which order, and that size doesn't matter."""

import gc
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.gui.listings import small_listing, wide_listing
from zpack.entries import Listing
from zpack.jobs import Outcome
from zpack_gui.jobs.archive_opening import OpenedArchive
from zpack_gui.models.folder_model import SORT_AT_ONCE, FolderModel
from zpack_gui.models.order import Column, ordered_rows
from zpack_gui.widgets.browser_page import BrowserPage
from zpack_gui.widgets.folder_view import FolderView

MILLION = 1_000_000
_FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture(scope="module")
def million() -> Listing:
    return wide_listing(MILLION)


@pytest.fixture
def model(qtbot: QtBot, theme: object) -> FolderModel:
    made = FolderModel()
    made.tester = QAbstractItemModelTester(made, _FATAL)  # type: ignore[attr-defined]
    return made


def column(model: QAbstractItemModel, which: int) -> list[Any]:
    return [model.index(row, which).data() for row in range(model.rowCount())]


def test_names_are_sorted_as_people_do_with_folders_first(model: FolderModel) -> None:
    model.show(small_listing(), 0)
    names = column(model, Column.NAME)
    assert names[:2] == ["docs", "empty"]
    assert names.index("photo 2.jpg") < names.index("photo 10.jpg")


def test_hostile_names_are_plain(model: FolderModel) -> None:
    model.show(small_listing(), 0)
    names = column(model, Column.NAME)
    assert r"esc\x1b[31m.txt" in names
    assert r"line\x0abreak" in names
    assert r"rtl\u202egpj.exe" in names
    assert r"\xff raw" in names
    row = names.index("<b>bold</b>.txt")
    tip = model.index(row, Column.NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bold" in tip


@pytest.mark.parametrize("by", [Column.SIZE, Column.TYPE, Column.MODIFIED, Column.STATE])
@pytest.mark.parametrize("direction", list(Qt.SortOrder))
def test_every_column_sorts_and_keeps_folders_first(
    model: FolderModel, by: Column, direction: Qt.SortOrder
) -> None:
    model.show(small_listing(), 0)
    model.set_states(bytes([Outcome.DONE]) * len(model.listing))
    kept = QPersistentModelIndex(model.index(3, 0))
    name = kept.data()
    model.sort(by, direction)
    assert kept.data() == name
    assert set(column(model, Column.NAME)[:2]) == {"docs", "empty"}


def test_sizes_sort_by_number(model: FolderModel) -> None:
    model.show(small_listing(), 0)
    model.sort(Column.SIZE, Qt.SortOrder.DescendingOrder)
    assert column(model, Column.NAME)[0] == "docs"
    assert column(model, Column.SIZE)[:3] == ["7.0 kB", "0 bytes", "2.0 MB"]


def test_a_folder_is_as_damaged_as_what_is_in_it(model: FolderModel) -> None:
    listing = small_listing()
    states = bytearray([Outcome.DONE]) * len(listing)
    found = listing.find(b"docs/b.txt")
    assert found is not None
    states[found] = Outcome.DAMAGED
    model.show(listing, 0)
    model.set_states(states)
    assert column(model, Column.STATE)[:2] == ["Damage inside", "Good"]


def test_a_listing_that_contradicts_itself_is_shown_as_far_as_it_goes(
    qtbot: QtBot, theme: object
) -> None:
    """Loops, names and links that lead nowhere: nothing hangs, nothing crashes."""
    listing = small_listing()
    listing.parent = array("I", [0, 0, 7, 3, 0, 0, 0, 2, 0, 0, 0, 9, 11])
    listing.name_end = array("Q", [0, 9, 3, 2**60, 4, 0, 8, 2**63, 5, 1, 2, 3, 4])
    listing.kind = bytes([3] * len(listing))
    listing.link_row, listing.link_end = array("I", [4]), array("Q")
    page = BrowserPage()
    qtbot.addWidget(page)
    page.show()
    facts = {"path": "/x", "format_title": "", "problems": (), "file_size": 0, "mtime_ns": 0}
    facts |= {"files": 0, "folders": 0, "content_size": 0, "indexed": True}
    page.show_archive(OpenedArchive(listing=listing, **facts), "x")
    for folder in range(len(listing)):
        page.show_folder(folder)
        page.show_states(bytes(len(listing)))
        page.model.sort(Column.STATE)
        page.model.sort(Column.SIZE)
        page.view.repaint()
        page.view.selectAll()


class Counting(FolderModel):
    """Counts what the view asks."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Counter[str] = Counter()

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        self.asked["data"] += 1
        return super().data(index, role)


def test_a_million_rows_cost_what_is_seen_of_them(
    qtbot: QtBot, theme: object, million: Listing
) -> None:
    model = Counting()
    view = FolderView(model)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    qtbot.waitExposed(view)
    gc.collect()
    before = len(gc.get_objects())
    model.show(million, 0)
    view.repaint()
    view.selectAll()
    view.repaint()
    assert view.selected_ranges() == [(0, MILLION - 1)]
    view.scrollToBottom()
    view.repaint()
    assert model.rowCount() == MILLION
    assert model.asked["data"] < 5000  # three paints of 20 rows
    gc.collect()
    assert len(gc.get_objects()) - before < 500


def test_a_big_folder_shows_at_once_and_its_order_follows(
    qtbot: QtBot, theme: object, million: Listing
) -> None:
    model = FolderModel()
    with qtbot.waitSignal(model.order_wanted):
        model.show(million, 0)
    assert model.row_at(0) == 1
    with qtbot.waitSignal(model.order_wanted):
        model.sort(Column.SIZE, Qt.SortOrder.AscendingOrder)
    assert model.row_at(0) == 1  # until somebody has computed it
    model.set_order(array("I", range(MILLION, 0, -1)))
    assert model.row_at(0) == MILLION


def test_big_sorts_go_in_small_steps(million: Listing) -> None:
    steps = 0

    def check() -> None:
        nonlocal steps
        steps += 1

    rows = range(1, 50_001)
    assert len(rows) > SORT_AT_ONCE
    order: Sequence[int] = ordered_rows(million, rows, Column.SIZE, b"", check)
    assert list(order) == list(range(50_000, 0, -1))
    assert steps > 40


def test_a_sort_that_nobody_wants_any_more_stops(million: Listing) -> None:
    class Stop(BaseException):
        pass

    def check() -> None:
        raise Stop

    with pytest.raises(Stop):
        ordered_rows(million, range(1, 50_001), Column.NAME, b"", check)
