"""Notices when somebody else changes, replaces or removes the file of the open archive."""

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from zpack_gui.jobs.archive_opening import OpenedArchive
from zpack_gui.models.recents import Identity, identity
from zpack_gui.windows.archive_session import ArchiveSession

_SETTLE_MS = 300  # a file that is being written changes all the time


class ArchiveWatch(QObject):
    """``changed`` once for each opening: what is shown is then no longer what is on the disk.

    Not every file system tells of changes, so whoever comes back to the window is also a reason to
    look. GUI thread only.
    """

    changed = Signal()

    def __init__(self, session: ArchiveSession) -> None:
        super().__init__(session)
        self._session = session
        self._expected: Identity | None = None
        self._watcher = QFileSystemWatcher(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLE_MS)
        self._later.timeout.connect(self.look)
        self._watcher.fileChanged.connect(self._later.start)
        session.opening.connect(self._forget)
        session.closed.connect(self._forget)
        session.opened.connect(self._watch)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._look_if_active)

    @Slot()
    def _watch(self) -> None:
        archive = self._session.archive
        if archive is not None:
            self._expected = identity_of(archive)
            self._watcher.addPath(archive.path)
            self._later.start()  # it may have changed while it was read

    @Slot()
    def _forget(self) -> None:
        self._expected = None
        self._later.stop()
        if watched := self._watcher.files():
            self._watcher.removePaths(watched)

    @Slot(Qt.ApplicationState)
    def _look_if_active(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look()

    @Slot()
    def look(self) -> None:
        """Compare the file with what was opened."""
        if self._expected is not None and identity(self._session.path) != self._expected:
            self._forget()
            self.changed.emit()


def identity_of(archive: OpenedArchive) -> Identity:
    """By what its file is known to be the one that was opened."""
    return Identity(archive.file_size, archive.mtime_ns)
