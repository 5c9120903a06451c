"""Opens archives and keeps the one that is open."""

import os
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from zpack.entries import Listing
from zpack.errors import Explanation, shown
from zpack.jobs import JobState
from zpack.operations import ListReport, ListRequest
from zpack_gui.jobs.archive_opening import OpenedArchive, described, open_if_at_once
from zpack_gui.jobs.background import Background
from zpack_gui.jobs.bridge import JobBridge
from zpack_gui.jobs.tracked_job import TrackedJob


class ArchiveSession(QObject):
    """One archive at a time. Opening never blocks: ``opening``, perhaps ``scanning`` with the job
    that reads an archive without an index, then ``opened`` or ``failed``; ``closed`` in between
    and when nothing is open any more. GUI thread only."""

    opening = Signal()
    scanning = Signal(object)
    opened = Signal()
    failed = Signal(object)
    closed = Signal()

    def __init__(self, bridge: JobBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._task: Background | None = None
        self._scan: TrackedJob | None = None
        self.path = ""
        self.archive: OpenedArchive | None = None

    @property
    def name(self) -> str:
        """The file's name, safe to show."""
        return shown(os.path.basename(self.path))

    def open(self, path: str) -> None:
        """Open an archive instead of what is open."""
        self._give_up()
        self.path, self.archive = os.path.abspath(path), None
        self.opening.emit()
        self._run(partial(_open, self.path), self._listed_or_not)

    @Slot()
    def reload(self) -> None:
        """Read the file again."""
        if self.path:
            self.open(self.path)

    @Slot()
    def close(self) -> None:
        """Nothing is open afterwards."""
        self._give_up()
        self.path, self.archive = "", None
        self.closed.emit()

    def _give_up(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._scan is not None:
            self._scan.cancel()
        self._task = self._scan = None

    def _run(self, operation: object, then: object) -> None:
        task = self._bridge.run(operation)  # type: ignore[arg-type]
        task.done.connect(then)
        task.failed.connect(self._fail)
        self._task = task

    @Slot(object)
    def _listed_or_not(self, archive: OpenedArchive | None) -> None:
        if archive is not None:
            self._take(archive)
            return
        self._scan = self._bridge.start(ListRequest(self.path))
        self._scan.ended.connect(self._scanned)
        self.scanning.emit(self._scan)

    @Slot()
    def _scanned(self) -> None:
        scan = self.sender()
        if not isinstance(scan, TrackedJob):
            return
        scan.deleteLater()  # no panel shows it, and its listing may be large
        if scan is not self._scan:
            return  # of an archive that is no longer wanted
        worker, self._scan = scan.worker, None
        if worker.state == JobState.CANCELLED:
            self.close()
        elif worker.error is not None:
            self._fail(worker.error)
        elif isinstance(worker.report, ListReport) and worker.items is not None:
            self._run(partial(_describe, self.path, worker.items, worker.report), self._take)

    @Slot(object)
    def _take(self, archive: OpenedArchive) -> None:
        self._task = None
        self.archive = archive
        self.opened.emit()

    @Slot(object)
    def _fail(self, explanation: Explanation) -> None:
        self._task = None
        self.failed.emit(explanation)


def _describe(path: str, listing: Listing, report: ListReport, _control: object) -> OpenedArchive:
    return described(path, listing, report)


def _open(path: str, control: object) -> OpenedArchive | None:
    return open_if_at_once(path, control)  # type: ignore[arg-type]
