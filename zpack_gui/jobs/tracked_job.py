"""A worker's job as the window sees it."""

import time

from PySide6.QtCore import QObject, Signal

from zpack.jobs import JobState, Rate, Sample
from zpack.operations import (
    AddRecoveryRequest,
    AssessDamageRequest,
    CreateRequest,
    ExtractRequest,
    ListRequest,
    RepairRequest,
    VerifyRequest,
)
from zpack.worker import WorkerJob
from zpack_gui.jobs.stage import Stage

WorkerRequest = (
    CreateRequest
    | ExtractRequest
    | VerifyRequest
    | ListRequest
    | AssessDamageRequest
    | RepairRequest
    | AddRecoveryRequest
)


class TrackedJob(QObject):
    """Sampled by the bridge, in the GUI thread; nothing here is called by another thread.

    ``items_known`` comes once, before the first ``sampled``; ``sampled`` at most 30 times a
    second; ``asked`` with each new question; ``ended`` once, last.
    """

    items_known = Signal()
    sampled = Signal(object)
    asked = Signal(object)
    pause_changed = Signal()
    ended = Signal()

    def __init__(self, request: WorkerRequest, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.request = request
        self.worker = WorkerJob(request)
        self.sample: Sample | None = None
        self.stage: Stage | None = Stage() if _is_staged(request) else None
        self.rate = Rate()
        self.stopping = False
        self._knows_items = False
        self._question = 0

    @property
    def running(self) -> bool:
        """Until ``ended``."""
        return self.worker.state == JobState.RUNNING

    @property
    def permille(self) -> int | None:
        """How far it is: by bytes, or by files where none has content; None until it is known
        how much there is to do."""
        sample = self.sample
        if sample is None or not sample.phase or sample.phase == "scanning":
            return None
        if self.stage is not None:
            return self.stage.permille
        done, total = sample.items_done, sample.items_total
        if sample.bytes_total:
            done, total = sample.bytes_done, sample.bytes_total
        return min(1000, 1000 * done // total) if total else None

    def toggle_pause(self) -> None:
        """Pause, or go on."""
        if not self.running:
            return
        if self.worker.paused:
            self.worker.resume()
            self.rate = Rate()  # the pause is no part of the speed
        else:
            self.worker.pause()
        self.pause_changed.emit()

    def cancel(self) -> None:
        """Ask it to stop; it ends as CANCELLED, in a moment."""
        if not self.running:
            return
        self.stopping = True
        self.worker.cancel()
        self.pause_changed.emit()

    def look(self) -> bool:
        """Take a sample and tell; False once the job has ended. Called by the bridge."""
        running = self.worker.state == JobState.RUNNING  # before the sample, or its end is lost
        sample = self.worker.sample()
        if not self._knows_items and self.worker.items is not None:
            self._knows_items = True
            self.items_known.emit()
        self.sample = sample
        if self.stage is not None:
            self.stage.take(sample)
        if not self.worker.paused:
            self.rate.update(time.monotonic(), sample.bytes_done)
        self.sampled.emit(sample)
        self._tell_question()
        if not running:
            self.ended.emit()
        return running

    def _tell_question(self) -> None:
        question = self.worker.question
        if question is not None and question.number != self._question:
            self._question = question.number
            self.asked.emit(question)


def _is_staged(request: WorkerRequest) -> bool:
    """Whether it learns only on its way how much there is to do."""
    if isinstance(request, CreateRequest):
        return request.recovery is not None
    return isinstance(request, AssessDamageRequest | RepairRequest | AddRecoveryRequest)
