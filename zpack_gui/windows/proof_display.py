"""What is known of the open archive's wholeness: in the status bar, a message, the State column."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton

from zpack.entries import Listing
from zpack.errors import ExitCode
from zpack.jobs import Outcome
from zpack.operations import Depth, Proof, VerifyReport
from zpack_gui.dialogs.verify_dialog import VerifyDialog, proof_words
from zpack_gui.jobs.archive_opening import OpenedArchive
from zpack_gui.jobs.tracked_job import TrackedJob
from zpack_gui.look.wording import now, words
from zpack_gui.models.recents import Identity, RecentArchives, identity
from zpack_gui.models.verification import Verification
from zpack_gui.widgets.archive_status import ArchiveStatus
from zpack_gui.widgets.browser_page import BrowserPage
from zpack_gui.windows.archive_session import ArchiveSession
from zpack_gui.windows.archive_watch import identity_of

_DONE, _WAITING = bytes([Outcome.DONE]), bytes([Outcome.WAITING])


class ProofDisplay(QObject):
    """Green is only what was proven in full, of a file that has not changed since."""

    verify_wanted = Signal()
    repair_wanted = Signal(str)

    def __init__(
        self,
        session: ArchiveSession,
        page: BrowserPage,
        status: ArchiveStatus,
        recents: RecentArchives,
    ) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self._status, self._recents = status, recents
        self._started: dict[TrackedJob, Identity | None] = {}
        self._known: Verification | None = None
        self._only_button: QPushButton | None = None
        session.opened.connect(self._show_remembered)
        session.closed.connect(self._forget)
        session.opening.connect(self._forget)
        status.proof_pressed.connect(self.show_report)
        page.message.close_button.clicked.connect(self._show_all)

    @Slot()
    def _forget(self) -> None:
        self._known = None
        self._status.clear()

    @Slot()
    def _show_remembered(self) -> None:
        archive = self._session.archive
        if archive is not None:
            self._show_status()
            self._say_problems(archive)

    def _show_status(self) -> None:
        archive = self._session.archive
        if archive is None or self._show_known(archive.path):
            return
        if archive.problems:
            self._status.show_doubt(archive.problems[0].title)
        else:
            self._status.show_unknown()

    def _show_known(self, path: str) -> bool:
        """What was found when the file was verified, if it is still the same."""
        known = self._recents.get(path)
        finding = known.finding(identity(path)) if known else None
        if known is None or finding is None:
            return False
        self._status.show_proof(finding, known.verified, known.intact, quick=known.quick)
        return True

    def _say_problems(self, archive: OpenedArchive) -> None:
        if archive.problems:
            first = archive.problems[0]
            text = " ".join(part for part in (first.details, first.hint) if part)
            self._page.message.show_message("attention", first.title, text)
            if first.exit_code == ExitCode.DAMAGED:
                self._page.message.add_button(self.tr("Repair…"), self._repair)

    @Slot()
    def _repair(self) -> None:
        self.repair_wanted.emit(self._session.path)

    @Slot()
    def show_changed(self) -> None:
        """The file is no longer the one that was opened."""
        self._known = None
        self._page.show_states(b"")
        title = self.tr("This archive has changed on the disk")
        text = self.tr("What is shown here is how it was. Read it again to see how it is.")
        there = identity(self._session.path) is not None
        if not there:
            title = self.tr("This archive is no longer there")
            text = self.tr("It was moved, renamed or deleted. What is shown here is how it was.")
        self._status.show_doubt(self.tr("Changed since it was opened"))
        self._page.message.show_message("attention", title, text)
        if there:
            self._page.message.add_button(self.tr("Read again"), self._session.reload)

    def show_checking(self) -> None:
        """It is being looked at in the background."""
        self._status.show_checking()

    def watch(self, job: TrackedJob, path: str) -> None:
        """A verification has begun."""
        self._started[job] = identity(path)
        job.ended.connect(self._verified)

    @Slot()
    def _verified(self) -> None:
        job = self.sender()
        if not isinstance(job, TrackedJob):
            return
        was, report = self._started.pop(job), job.worker.report
        if not isinstance(report, VerifyReport) or was is None:
            self._show_status()  # in place of what was said while it ran
            return
        if identity(report.archive) != was:
            return  # nobody knows which of its states was verified; the job's result tells the rest
        self._recents.verified(report.archive, now(), report.proof, was, report.depth)
        archive = self._session.archive
        if archive is not None and archive.path == report.archive and identity_of(archive) == was:
            self._show_finding(report, job)

    def remember(self, path: str, proof: Proof, size: int) -> None:
        """An archive was written, ``size`` bytes, and read back: what that showed."""
        found = identity(path)
        if found is not None and found.size == size:
            self._recents.verified(path, now(), proof, found)

    def _show_finding(self, report: VerifyReport, job: TrackedJob) -> None:
        self._known = Verification.of(job.worker)
        self._show_known(report.archive)
        items = job.worker.items
        archive = self._session.archive
        if archive is not None and items is not None and _same_rows(archive.listing, items):
            self._known = replace(self._known, listing=archive.listing)  # one is enough
            self._page.show_states(_states(report, job.worker.outcomes))
        self._say(report)

    def _say(self, report: VerifyReport) -> None:
        title = proof_words.title(report.proof)
        if report.proof == Proof.DAMAGED:
            damaged = report.files - report.good
            if damaged:
                files = self.tr("%n file(s) are damaged", "", damaged)
                title = words.counted(files, damaged)
            self._page.message.show_message("bad", title, proof_words.meaning(report.proof))
        elif report.proof == Proof.PROOF_LOST:
            text = proof_words.meaning(report.proof)
            self._page.message.show_message("attention", title, text)
        else:
            self._page.message.hide()
            return
        if self._page.model.states and report.proof == Proof.DAMAGED and report.entries:
            self._only_button = self._page.message.add_button("", self._toggle_only_damaged)
            self._name_only_button()
        self._page.message.add_button(self.tr("Show report"), self.show_report)
        self._page.message.add_button(self.tr("Repair…"), self._repair)

    @Slot()
    def _toggle_only_damaged(self) -> None:
        self._page.toggle_only_damaged()
        self._name_only_button()

    @Slot()
    def _show_all(self) -> None:
        """The message is gone, and with it the button that would show all files again."""
        if self._page.model.only_damaged:
            self._page.toggle_only_damaged()

    def _name_only_button(self) -> None:
        everything = self._page.model.only_damaged
        text = self.tr("Show all files") if everything else self.tr("Show only damaged files")
        if self._only_button is not None:
            self._only_button.setText(text)

    @Slot()
    def show_report(self) -> None:
        """The report of the verification in this session; without one, ask for it."""
        if self._known is not None:
            dialog = VerifyDialog(self._known, self._page.window())
            dialog.repair_wanted.connect(self.repair_wanted)
            dialog.show()
        else:
            self.verify_wanted.emit()


def _states(report: VerifyReport, outcomes: bytearray) -> bytes | bytearray:
    """What the State column shows: *good* only what was unpacked and compared."""
    if report.depth is Depth.FULL:
        return outcomes
    return outcomes.replace(_DONE, _WAITING) if report.entries else b""


def _same_rows(one: Listing, other: Listing) -> bool:
    """Whether row numbers mean the same in both."""
    return len(one) == len(other) and one.names == other.names and one.parent == other.parent
