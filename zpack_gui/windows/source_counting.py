"""Counts what a Create dialog is to archive, on threads, for as long as the dialog is there."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from zpack_gui.dialogs.create_dialog import CreateDialog
from zpack_gui.jobs.background import Background
from zpack_gui.jobs.bridge import JobBridge
from zpack_gui.jobs.source_count import SourceTally, count

_SOURCES_A_TICK = 1000


class SourceCounting(QObject):
    """Copies what the counting threads have found into the dialog."""

    def __init__(self, dialog: CreateDialog, bridge: JobBridge) -> None:
        super().__init__(dialog)
        self._dialog, self._bridge = dialog, bridge
        self._tallies: dict[Background, tuple[SourceTally, ...]] = {}
        self._ticks = 0
        dialog.counting_wanted.connect(self._count)
        dialog.finished.connect(self._stop)

    @Slot(tuple)
    def _count(self, paths: tuple[str, ...]) -> None:
        tallies = tuple(map(SourceTally, paths))
        task = self._bridge.run(partial(count, tallies))
        self._tallies[task] = tallies
        task.ticked.connect(self._copy_sometimes)
        task.done.connect(self._copy)

    @Slot()
    def _copy(self) -> None:
        sender = self.sender()
        if isinstance(sender, Background):
            self._copy_all(self._tallies.get(sender, ()))

    @Slot()
    def _copy_sometimes(self) -> None:
        """The more there is to copy, the less often, so that the window has time for the rest."""
        sender = self.sender()
        if isinstance(sender, Background):
            tallies = self._tallies.get(sender, ())
            self._ticks += 1
            if self._ticks % (1 + len(tallies) // _SOURCES_A_TICK) == 0:
                self._copy_all(tallies)

    def _copy_all(self, tallies: tuple[SourceTally, ...]) -> None:
        model = self._dialog.sources.model
        for tally in tallies:
            counted = model.counted(tally.path)
            if counted is None:
                continue
            counted.bytes, counted.files, counted.folders = tally.bytes, tally.files, tally.folders
            counted.unreadable, counted.is_folder = tally.unreadable, tally.is_folder
            counted.finished = tally.finished
        self._dialog.sources.counts_changed()

    @Slot()
    def _stop(self) -> None:
        for task in self._tallies:
            task.cancel()
        self._tallies.clear()
