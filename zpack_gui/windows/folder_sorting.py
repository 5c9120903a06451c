"""Sorts big folders on a thread."""

from PySide6.QtCore import QObject, Qt, Slot

from zpack.jobs import Control
from zpack_gui.jobs.background import Background
from zpack_gui.jobs.bridge import JobBridge
from zpack_gui.models.order import ordered_rows
from zpack_gui.widgets.browser_page import BrowserPage


class FolderSorting(QObject):
    """Computes the orders that the page's model asks for; only the last one asked for counts."""

    def __init__(self, page: BrowserPage, bridge: JobBridge) -> None:
        super().__init__(page)
        self._page, self._bridge = page, bridge
        self._task: Background | None = None
        page.model.order_wanted.connect(self._sort)
        page.model.modelReset.connect(self._give_up)

    @Slot()
    def _give_up(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self._page.view.viewport().unsetCursor()

    @Slot()
    def _sort(self) -> None:
        self._give_up()
        model = self._page.model
        listing, rows, column, states = (
            model.listing,
            model.rows(),
            model.sort_column,
            model.states,
        )

        def operation(control: Control) -> object:
            return ordered_rows(listing, rows, column, states, control.check)

        self._task = self._bridge.run(operation)
        self._task.done.connect(self._take)
        self._page.view.viewport().setCursor(Qt.CursorShape.BusyCursor)

    @Slot(object)
    def _take(self, order: object) -> None:
        self._task = None
        self._page.view.viewport().unsetCursor()
        self._page.view.clearSelection()  # a big one would be carried over row by row
        self._page.model.set_order(order)  # type: ignore[arg-type]
