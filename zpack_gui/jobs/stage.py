"""How far a job is in the stage that it is in: one that looks, writes, and then reads back."""

from zpack.jobs import Sample


class Stage:
    """Such a job learns only stage by stage how much there is to do: measured as a whole, it would
    go back each time. ``done`` and ``total`` are bytes of this stage."""

    def __init__(self) -> None:
        self.phase = ""
        self.done = self.total = 0
        self._before = (0, 0)
        self._latest = (0, 0)

    def take(self, sample: Sample) -> None:
        """The job's next sample."""
        if sample.phase != self.phase:
            self.phase, self._before = sample.phase, self._latest
        self._latest = sample.bytes_done, sample.bytes_total
        self.done = max(0, sample.bytes_done - self._before[0])
        self.total = max(0, sample.bytes_total - self._before[1])

    @property
    def permille(self) -> int | None:
        """None while there is nothing to measure by, and once all was read that there is: what
        follows cannot be measured."""
        return 1000 * self.done // self.total if self.done < self.total else None
