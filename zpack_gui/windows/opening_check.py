"""On request, a quick verification of each archive that is opened, in the background."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from zpack.operations import Depth, VerifyRequest
from zpack_gui.jobs.bridge import JobBridge
from zpack_gui.jobs.tracked_job import TrackedJob
from zpack_gui.look.wording import now, words
from zpack_gui.models.recents import RecentArchives, identity
from zpack_gui.models.settings import remember, remembered
from zpack_gui.windows.archive_session import ArchiveSession
from zpack_gui.windows.proof_display import ProofDisplay

_KEY = "verify/when-opened"
_ON = "quick"


class OpeningCheck(QObject):
    """Off until somebody wants it: it reads all of the file, which may be on a slow disk, or on
    one that is paid by the byte. At most once a day, and only where there is an index: without one
    it would tell nothing. No card shows it; what it finds is shown like any verification's."""

    def __init__(
        self,
        action: QAction,
        session: ArchiveSession,
        bridge: JobBridge,
        recents: RecentArchives,
        proof: ProofDisplay,
    ) -> None:
        super().__init__(action)
        self._session, self._bridge = session, bridge
        self._recents, self._proof = recents, proof
        self._job: TrackedJob | None = None
        self._action = action
        action.setChecked(remembered(_KEY, "") == _ON)
        action.toggled.connect(self._choose)
        session.opened.connect(self._check)
        session.opening.connect(self._give_up)
        session.closed.connect(self._give_up)

    @Slot(bool)
    def _choose(self, on: bool) -> None:
        remember(_KEY, _ON if on else "")
        if on:
            self._check()
        else:
            self._give_up()

    @Slot()
    def _give_up(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _check(self) -> None:
        archive = self._session.archive
        if archive is None or not self._action.isChecked() or self._job is not None:
            return
        if not archive.indexed or self._was_checked_today(archive.path):
            return
        self._job = self._bridge.start(VerifyRequest(archive.path, depth=Depth.QUICK))
        self._proof.watch(self._job, archive.path)
        self._proof.show_checking()
        self._job.ended.connect(self._end)

    def _was_checked_today(self, path: str) -> bool:
        known = self._recents.get(path)
        if known is None or known.finding(identity(path)) is None:
            return False
        return words.day(max(known.verified, known.intact)) == words.day(now())

    @Slot()
    def _end(self) -> None:
        job, self._job = self._job, None
        if job is None:
            return
        if job.stopping:
            self._check()  # another was opened meanwhile
        job.deleteLater()  # no panel shows it
