"""Collects garbage on the GUI thread only."""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 500


class GarbageCollector(QObject):
    """While it is there, Python's own collecting is off, and this looks now and then whether it is
    due. By itself Python collects on whichever thread makes the next object; an object of Qt's that
    ends on another thread than its own can crash the program. For the GUI thread.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_LOOK_MS)

    def collect(self) -> None:
        """The oldest generation that is due, and those younger."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Python collects by itself again."""
        self._timer.stop()
        gc.enable()
