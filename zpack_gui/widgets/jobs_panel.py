"""The panel below the page: every job, running or ended, until it is dismissed."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from zpack_gui.jobs.tracked_job import TrackedJob
from zpack_gui.models.settings import remember, remembered
from zpack_gui.widgets.job_card import JobCard

_CARDS_SHOWN = 3
_FILES_SHOWN = "jobs/files-shown"


class JobsPanel(QFrame):
    """The latest job on top. Not shown while there are none; ``height_wanted`` asks for room."""

    wished = Signal(object, object)
    height_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Jobs"))
        self._cards: list[JobCard] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._measure)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(8)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.hide()

    def add(self, job: TrackedJob) -> JobCard:
        """A card for a job that was just started."""
        for ended in self._cards:
            if not ended.job.running:
                ended.show_files(False)
        card = JobCard(job)
        card.wished.connect(self.wished)
        card.dismissed.connect(self.dismiss)
        card.resized.connect(self._ask_for_room)
        self._cards.insert(0, card)
        self._column.insertWidget(0, card)
        self.show()
        card.show_files(remembered(_FILES_SHOWN, "yes") == "yes")
        card.files_toggled.connect(self._remember_files)
        return card

    @Slot(bool)
    def _remember_files(self, shown: bool) -> None:
        remember(_FILES_SHOWN, "yes" if shown else "no")

    def cards(self) -> list[JobCard]:
        """The latest first."""
        return list(self._cards)

    @Slot(object)
    def dismiss(self, card: JobCard) -> None:
        """Take away a job that has ended."""
        self._cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.job.deleteLater()
        card.deleteLater()
        self.setVisible(bool(self._cards))
        self._ask_for_room()

    @Slot()
    def _ask_for_room(self) -> None:
        # What a card needs is known only once its layout has taken in what was changed.
        self._later.start()

    @Slot()
    def _measure(self) -> None:
        open_cards = [card for card in self._cards if not card.files.isHidden()]
        for card in self._cards:
            # An open card takes the room that there is; the others are as high as they must be.
            self._column.setStretchFactor(card, 1 if card in open_cards else 0)
        shown = open_cards or self._cards[:_CARDS_SHOWN]
        needed = sum(card.minimumSizeHint().height() for card in shown)
        margins = self._column.contentsMargins()
        spaces = margins.top() + margins.bottom() + (len(shown) - 1) * self._column.spacing()
        self.height_wanted.emit(needed + spaces + 2 if self._cards else 0)
