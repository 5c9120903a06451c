"""The window: its parts, and which part tells which other."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QFileDialog, QMainWindow, QSplitter, QStackedWidget

from zpack_gui.dialogs.about_dialog import AboutDialog
from zpack_gui.jobs.bridge import JobBridge
from zpack_gui.look.wording import title_text
from zpack_gui.models.recents import RecentArchives
from zpack_gui.models.settings import remember, remembered, settings
from zpack_gui.widgets.archive_status import ArchiveStatus
from zpack_gui.widgets.browser_page import BrowserPage
from zpack_gui.widgets.jobs_panel import JobsPanel
from zpack_gui.widgets.start_page import StartPage
from zpack_gui.windows.actions import Actions
from zpack_gui.windows.archive_session import ArchiveSession
from zpack_gui.windows.archive_watch import ArchiveWatch
from zpack_gui.windows.closing import Closing
from zpack_gui.windows.drops import Drops
from zpack_gui.windows.folder_sorting import FolderSorting
from zpack_gui.windows.job_starter import JobStarter
from zpack_gui.windows.job_wishes import JobWishes
from zpack_gui.windows.opening_check import OpeningCheck
from zpack_gui.windows.page_states import PageStates
from zpack_gui.windows.proof_display import ProofDisplay
from zpack_gui.windows.recovery_records import RecoveryRecords
from zpack_gui.windows.repairs import Repairs
from zpack_gui.windows.toolbar import Toolbar
from zpack_gui.windows.totals import Totals

_GEOMETRY, _LAST_FOLDER = "window/geometry", "open/folder"


class MainWindow(QMainWindow):
    """One archive, and any number of jobs. Close it to end all its threads and processes."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.resize(1100, 720)
        self.setMinimumSize(QSize(560, 420))
        self.bridge = JobBridge(self)
        self.recents = RecentArchives(self)
        self.session = ArchiveSession(self.bridge, self)
        self._make_parts()
        self._make_behaviour()
        self._connect()
        self._show_start()
        self._restore_geometry()

    def _make_parts(self) -> None:
        self.actions_ = Actions(self)
        self.toolbar = Toolbar(self.actions_)
        self.start_page = StartPage(self.recents)
        self.browser = BrowserPage()
        self.browser.view.offer(
            [
                self.actions_.extract,
                self.actions_.extract_all,
                self.actions_.verify,
                self.actions_.repair,
            ]
        )
        self.jobs_panel = JobsPanel()
        self.archive_status = ArchiveStatus()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start_page)
        self.pages.addWidget(self.browser)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(self.pages)
        self._splitter.addWidget(self.jobs_panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self.addToolBar(self.toolbar)
        self.setCentralWidget(self._splitter)
        self.setStatusBar(self.archive_status)

    def _make_behaviour(self) -> None:
        self._page_states = PageStates(self.session, self.browser)
        self._proof = ProofDisplay(self.session, self.browser, self.archive_status, self.recents)
        self._totals = Totals(self.browser, self.archive_status)
        self._watch = ArchiveWatch(self.session)
        FolderSorting(self.browser, self.bridge)
        self.starter = JobStarter(
            self.bridge, self.jobs_panel, self.session, self.browser, self._proof, self._totals
        )
        self._opening_check = OpeningCheck(
            self.actions_.check_opened, self.session, self.bridge, self.recents, self._proof
        )
        self.repairs = Repairs(self.bridge, self.session, self.starter, self._proof)
        self._recovery_records = RecoveryRecords(self.session, self.starter, self._proof)
        self._wishes = JobWishes(
            self.jobs_panel, self.starter, self.repairs, self._recovery_records
        )
        self._drops = Drops(self.start_page.drop_area, self.pages, self)
        self._closing = Closing(self.bridge, self)

    def _connect(self) -> None:
        actions = self.actions_
        actions.new.triggered.connect(self._new)
        actions.open.triggered.connect(self._choose_archive)
        actions.extract.triggered.connect(self.starter.extract)
        actions.extract_all.triggered.connect(self.starter.extract_everything)
        actions.verify.triggered.connect(self.starter.verify)
        actions.verify_quickly.triggered.connect(self.starter.verify_quickly)
        actions.repair.triggered.connect(self.repairs.ask_for_open)
        actions.add_recovery.triggered.connect(self._recovery_records.ask)
        actions.up.triggered.connect(self.browser.go_up)
        actions.reload.triggered.connect(self.session.reload)
        actions.close_archive.triggered.connect(self.session.close)
        actions.about.triggered.connect(self._about)
        actions.quit.triggered.connect(self.close)
        self.start_page.drop_area.new_button.clicked.connect(self._new)
        self.start_page.drop_area.open_button.clicked.connect(self._choose_archive)
        self.start_page.recent_list.chosen.connect(self.session.open)
        self._page_states.other_wanted.connect(self._choose_archive)
        self._page_states.repair_wanted.connect(self.repairs.ask_for_open)
        self._proof.repair_wanted.connect(self.repairs.ask)
        self.repairs.open_wanted.connect(self.session.open)
        self.repairs.verify_wanted.connect(self.starter.verify_other)
        self._proof.verify_wanted.connect(self.starter.verify)
        self._watch.changed.connect(self._proof.show_changed)
        self._drops.open_wanted.connect(self.session.open)
        self._drops.create_wanted.connect(self.starter.ask_to_create)
        self._wishes.open_wanted.connect(self.session.open)
        self.session.opening.connect(self._show_browser)
        self.session.opened.connect(self._show_archive)
        self.session.failed.connect(self._enable_actions)
        self.session.closed.connect(self._show_start)
        self.browser.selection_changed.connect(self._enable_actions)
        self.jobs_panel.height_wanted.connect(self._make_room)

    # Pages

    @Slot()
    def _show_start(self) -> None:
        self.pages.setCurrentWidget(self.start_page)
        self.start_page.setFocus()
        self.archive_status.hide()
        self.setWindowTitle("zpack")
        self._enable_actions()

    @Slot()
    def _show_browser(self) -> None:
        self.pages.setCurrentWidget(self.browser)
        self.archive_status.show()
        self.setWindowTitle(title_text(f"{self.session.name} – zpack"))
        self._enable_actions()

    @Slot()
    def _show_archive(self) -> None:
        if self.session.archive is not None:
            self.browser.show_archive(self.session.archive, self.session.name)
            self.recents.opened(self.session.path)
        self._enable_actions()

    @Slot()
    def _enable_actions(self) -> None:
        self.actions_.enable(
            archive=self.session.archive is not None,
            indexed=self.session.archive is not None and self.session.archive.indexed,
            reloadable=bool(self.session.path),
            below_root=self.browser.archive is not None and self.browser.model.folder > 0,
        )

    @Slot(int)
    def _make_room(self, wanted: int) -> None:
        total = self._splitter.height()
        panel = min(wanted, total * 55 // 100)
        self._splitter.setSizes([total - panel, panel])

    # Actions

    def take(self, paths: tuple[str, ...]) -> None:
        """Files named when the program was started: as if dropped."""
        self._drops.take(paths)

    @Slot()
    def _new(self) -> None:
        self.starter.ask_to_create()

    @Slot()
    def _choose_archive(self) -> None:
        dialog = QFileDialog(self, self.tr("Open"), remembered(_LAST_FOLDER, str(Path.home())))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                self.tr("Archives (*.tar.zst *.tzst *.tar.lz4 *.tlz4 *.zst *.lz4)"),
                self.tr("All files (*)"),
            ]
        )
        dialog.fileSelected.connect(self._open_chosen)
        dialog.open()

    @Slot(str)
    def _open_chosen(self, path: str) -> None:
        remember(_LAST_FOLDER, path.rpartition("/")[0])
        self.session.open(path)

    @Slot()
    def _about(self) -> None:
        AboutDialog(self).open()

    # What Qt tells

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what a drop would do."""
        self._drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere on the window is as good."""
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """As before."""
        self._drops.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """Do it."""
        self._drops.drop(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Not before all jobs have ended."""
        self._closing.consider(event)
        if event.isAccepted():
            settings().setValue(_GEOMETRY, self.saveGeometry())

    def _restore_geometry(self) -> None:
        saved = settings().value(_GEOMETRY)
        if isinstance(saved, QByteArray):
            self.restoreGeometry(saved)
