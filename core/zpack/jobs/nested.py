"""A job within a job."""

from zpack.jobs.control import Byte, Control
from zpack.jobs.questions import Answer, Question


class NestedControl(Control):
    """The control of an operation that another one runs as a part of itself.

    Cancelling, pausing and questions are the outer one's. What there is to do, and what is done,
    in bytes, counts there too; items are the part's own affair.
    """

    def __init__(self, outer: Control) -> None:
        super().__init__()
        self._outer = outer
        self._lane = outer.progress.lane()
        self._before = outer.progress.bytes_total

    def check(self) -> None:
        """As the outer control's."""
        self._outer.check()
        self.share()

    def ask(self, question: Question) -> Answer:
        """As the outer control's."""
        return self._outer.ask(question)

    def share_state(self, place: Byte) -> None:
        """As the outer control's."""
        self._outer.share_state(place)

    def go_alone(self) -> None:
        """As the outer control's."""
        self._outer.go_alone()

    @property
    def waited(self) -> float:
        """As the outer control's."""
        return self._outer.waited

    def share(self) -> None:
        """Let the outer job show how far this one is; :meth:`check` does so, too."""
        self._lane.bytes_done = sum(lane.bytes_done for lane in self.progress.lanes)
        self._outer.progress.bytes_total = self._before + self.progress.bytes_total
