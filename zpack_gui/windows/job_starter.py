"""From a wish to a job: asks in a dialog what must be known, then starts the worker."""

import os
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from zpack.operations import (
    CreateReport,
    CreateRequest,
    Depth,
    ExtractReport,
    ExtractRequest,
    VerifyRequest,
)
from zpack_gui.dialogs.create_dialog import CreateDialog
from zpack_gui.dialogs.extract_dialog import ExtractDialog
from zpack_gui.file_manager.show import open_folder
from zpack_gui.jobs.bridge import JobBridge
from zpack_gui.jobs.tracked_job import TrackedJob, WorkerRequest
from zpack_gui.look.wording import words
from zpack_gui.widgets.browser_page import BrowserPage
from zpack_gui.widgets.jobs_panel import JobsPanel
from zpack_gui.windows.archive_session import ArchiveSession
from zpack_gui.windows.conflicts import Conflicts
from zpack_gui.windows.proof_display import ProofDisplay
from zpack_gui.windows.source_counting import SourceCounting
from zpack_gui.windows.totals import Totals


class JobStarter(QObject):
    """Every job that the panel shows begins here."""

    def __init__(
        self,
        bridge: JobBridge,
        panel: JobsPanel,
        session: ArchiveSession,
        page: BrowserPage,
        proof: ProofDisplay,
        totals: Totals,
    ) -> None:
        super().__init__(panel)
        self._bridge, self._panel, self._session = bridge, panel, session
        self._page, self._proof, self._totals = page, proof, totals

    def window(self) -> QWidget:
        """For dialogs."""
        return self._panel.window()

    def ask_to_create(self, sources: tuple[str, ...] = ()) -> CreateDialog:
        """The Create dialog, with these sources."""
        dialog = self._create_dialog()
        dialog.add_sources(sources)
        dialog.open()
        return dialog

    def ask_again(self, request: object) -> None:
        """The dialog of a job that failed, as it was."""
        if isinstance(request, CreateRequest):
            creation = self._create_dialog()
            creation.show_request(request)
            creation.open()
        elif isinstance(request, ExtractRequest):
            selected = words.items(len(request.members))
            everything = self.tr("the whole archive")
            dialog = ExtractDialog(
                request.archive, everything, selected, request.members, self.window()
            )
            dialog.show_request(request)
            self._open_extract_dialog(dialog)
        elif isinstance(request, VerifyRequest):
            self._verify(request.archive, request.depth)

    def _create_dialog(self) -> CreateDialog:
        dialog = CreateDialog(self.window())
        SourceCounting(dialog, self._bridge)
        dialog.wanted.connect(self.start)
        return dialog

    @Slot()
    def extract(self) -> None:
        """The selection, or everything."""
        self._ask_to_extract(self._selected_members())

    @Slot()
    def extract_everything(self) -> None:
        """Whatever is selected."""
        self._ask_to_extract(())

    def _selected_members(self) -> tuple[str, ...]:
        parts, model = self._page.selected_rows(), self._page.model
        listing = model.listing
        count = sum(map(len, parts))
        if model.folder and count == len(model.rows()):
            return (os.fsdecode(listing.path(model.folder)),)
        if count == len(model.rows()):
            return ()
        return tuple(os.fsdecode(listing.path(row)) for part in parts for row in part)

    def _ask_to_extract(self, members: tuple[str, ...]) -> None:
        archive = self._session.archive
        if archive is None:
            return
        everything = f"{words.files(archive.files)}, {words.size(archive.content_size)}"
        selected = self._selection_words() if members else ""
        dialog = ExtractDialog(archive.path, everything, selected, members, self.window())
        self._open_extract_dialog(dialog)

    def _open_extract_dialog(self, dialog: ExtractDialog) -> None:
        dialog.wanted.connect(self._extract)
        dialog.open()

    def _selection_words(self) -> str:
        parts = self._page.selected_rows()
        count = sum(map(len, parts))
        return f"{words.items(count)}, {words.size(self._totals.selected_size(parts, count))}"

    @Slot(object, bool)
    def _extract(self, request: ExtractRequest, then_open: bool) -> None:
        job = self.start(request)
        if then_open:
            job.ended.connect(partial(_open_destination, job))

    @Slot()
    def verify(self) -> None:
        """The open archive."""
        if self._session.archive is not None:
            self._verify(self._session.path, Depth.FULL)

    @Slot()
    def verify_quickly(self) -> None:
        """The open archive, without unpacking it."""
        if self._session.archive is not None:
            self._verify(self._session.path, Depth.QUICK)

    @Slot(str)
    def verify_other(self, archive: str) -> None:
        """One that need not be open."""
        self._verify(archive, Depth.FULL)

    def _verify(self, archive: str, depth: Depth) -> None:
        job = self.start(VerifyRequest(archive, depth=depth))
        self._proof.watch(job, archive)

    @Slot(object)
    def start(self, request: WorkerRequest) -> TrackedJob:
        """Start a worker, with a card in the panel."""
        job = self._bridge.start(request)
        self._panel.add(job)
        Conflicts(job, self.window())
        job.ended.connect(partial(self._ended, job))
        return job

    def _ended(self, job: TrackedJob) -> None:
        report = job.worker.report
        if isinstance(report, CreateReport) and report.target == self._session.path:
            self._session.reload()  # it was replaced while it was open


def _open_destination(job: TrackedJob) -> None:
    if isinstance(job.worker.report, ExtractReport):
        open_folder(job.worker.report.destination)
