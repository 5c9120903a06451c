"""Work for crews of processes."""

import os
import time
from collections.abc import Iterator
from typing import NamedTuple

from zpack.jobs import CannotAsk, Conflict, Control, Lane, Outcome, PartState

SECONDS = 30


class Part(NamedTuple):
    done: list[int]
    left: list[int]
    process: int


class Squares:
    """Finishes each item, and notes which process did. A number in ``raises`` is an error, in
    ``asks`` a question, in ``dies`` the end of its process; in ``waits`` it goes on until it is
    cancelled."""

    def __init__(self, control: Control, **odd: tuple[int, ...]) -> None:
        self.control = control
        self.raises = odd.get("raises", ())
        self.asks = odd.get("asks", ())
        self.dies = odd.get("dies", ())
        self.waits = odd.get("waits", ())
        self.done: list[int] = [-1]  # which no part may bring back
        self.left: list[int] = []
        self.parts: list[Part] = []
        self.lost = 0

    def begin_part(self) -> None:
        self.done, self.left = [], []

    def part(self) -> Part:
        return Part(self.done, self.left, os.getpid())

    def add_part(self, part: Part) -> None:
        self.done += part.done
        self.left += part.left
        self.parts.append(part)

    def lose_part(self) -> None:
        self.lost += 1

    def work(self, tasks: Iterator[int], lane: Lane) -> None:
        for number in tasks:
            self.control.check()
            lane.begin(number)
            try:
                self._do(number)
            except CannotAsk:
                self.left.append(number)
                continue
            self.done.append(number * number)
            lane.advance(10)
            self.control.progress.finish(lane, number, Outcome.DONE)
            self.control.progress.settle_part(lane, number, PartState.REPAIRED)

    def _do(self, number: int) -> None:
        if number in self.raises:
            raise ValueError(f"not {number}")
        if number in self.asks:
            self.control.ask(Conflict(str(number), 1, 2, 3, 4))
        if number in self.dies:
            os.kill(os.getpid(), 9)
        while number in self.waits:
            self.control.check()
            time.sleep(0.001)


def started(count: int) -> Control:
    """A control of a job with ``count`` items, each in a part of its own."""
    control = Control()
    control.progress.start(range(count), count, 10 * count)
    control.progress.start_parts(range(count))
    return control
