"""What the browser page shows while an archive is being opened, and if it can't be."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from zpack.errors import ExitCode, Explanation
from zpack_gui.dialogs.explanation_dialog import as_text
from zpack_gui.jobs.tracked_job import TrackedJob
from zpack_gui.look.wording import shown_lines, words
from zpack_gui.widgets.browser_page import BrowserPage
from zpack_gui.windows.archive_session import ArchiveSession
from zpack_gui.windows.conflicts import Conflicts


class PageStates(QObject):
    """Speaks through the page's state page. ``other_wanted`` asks to open something else,
    ``repair_wanted`` to repair what could not be opened."""

    other_wanted = Signal()
    repair_wanted = Signal()

    def __init__(self, session: ArchiveSession, page: BrowserPage) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self._explanation: Explanation | None = None
        session.opening.connect(self._show_opening)
        session.scanning.connect(self._show_scanning)
        session.failed.connect(self._show_failure)

    @Slot()
    def _show_opening(self) -> None:
        state = self._page.show_state_page()
        title = words.fill(self.tr("Opening %1…"), self._session.name)
        state.show_state("file-archive", "muted", title, "")

    @Slot(object)
    def _show_scanning(self, scan: TrackedJob) -> None:
        state = self._page.show_state_page()
        title = words.fill(self.tr("Reading %1…"), self._session.name)
        text = self.tr("It has no list of its contents, so all of it is read once.")
        state.show_state("file-archive", "muted", title, text)
        state.show_progress(None)
        state.add_button(self.tr("Cancel"), scan.cancel)
        scan.sampled.connect(self._show_sample)
        Conflicts(scan, self._page.window())

    @Slot()
    def _show_sample(self) -> None:
        scan = self.sender()
        if isinstance(scan, TrackedJob) and not scan.stopping:  # or the page is another's
            self._page.state.show_progress(scan.permille)

    @Slot(object)
    def _show_failure(self, explanation: Explanation) -> None:
        self._explanation = explanation
        state = self._page.show_state_page()
        text = "\n".join(t for t in (explanation.details, explanation.hint) if t)
        state.show_state("error", "bad", explanation.title, shown_lines(text))
        state.add_button(self.tr("Open another…"), self.other_wanted, main=True)
        if _may_be_repaired(explanation):
            state.add_button(self.tr("Repair…"), self.repair_wanted)
        state.add_button(self.tr("Try again"), self._session.reload)
        state.add_button(self.tr("Copy details"), self._copy)

    @Slot()
    def _copy(self) -> None:
        if self._explanation is not None:
            QGuiApplication.clipboard().setText(as_text(self._explanation))


def _may_be_repaired(explanation: Explanation) -> bool:
    """Whether something may be left of it. A lost beginning makes an archive look like none."""
    if explanation.code == "archive-empty":
        return False
    return explanation.exit_code == ExitCode.DAMAGED or explanation.code == "not-an-archive"
