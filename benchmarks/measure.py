"""Runs duels and measures them.

The two sides take turns, so that whatever else the machine does falls on both, and each pair gives
a ratio of its own.
"""

import os
import resource
import statistics
import subprocess
import time
from dataclasses import dataclass

from benchmarks.peers import Command, Duel


@dataclass(frozen=True, slots=True)
class Sample:
    """One run. ``peak`` in bytes: the largest process of those that the command started.

    Linux counts what this process had when it started the command, so ``peak`` says nothing below
    :func:`own_peak`.
    """

    seconds: float
    cpu: float
    peak: int


@dataclass(frozen=True, slots=True)
class Side:
    """All runs of one command; ``size`` of what it made, if anything."""

    command: Command
    samples: tuple[Sample, ...]
    size: int | None

    @property
    def seconds(self) -> list[float]:
        """Of each run."""
        return [sample.seconds for sample in self.samples]

    @property
    def cpu(self) -> float:
        """The median of user and system time."""
        return statistics.median(sample.cpu for sample in self.samples)

    @property
    def peak(self) -> int:
        """Of all runs."""
        return max(sample.peak for sample in self.samples)


@dataclass(frozen=True, slots=True)
class Bout:
    """A duel that was fought."""

    name: str
    ours: Side
    theirs: Side

    @property
    def ratios(self) -> list[float]:
        """Our time by theirs, pair by pair."""
        pairs = zip(self.ours.seconds, self.theirs.seconds, strict=True)
        return [ours / theirs for ours, theirs in pairs]

    @property
    def ratio(self) -> float:
        """The median of the pairs' ratios: under 1, zpack is faster."""
        return statistics.median(self.ratios)

    @property
    def size_ratio(self) -> float | None:
        """Our result's size by theirs, if the duel makes something."""
        if self.ours.size is None or self.theirs.size is None:
            return None
        return self.ours.size / self.theirs.size


def fight(duel: Duel, rounds: int) -> Bout:
    """A warm-up of both, then pairs."""
    sizes = {}
    for command in (duel.ours, duel.theirs):
        run_once(duel, command)
        sizes[command] = command.result.stat().st_size if command.result else None
    pairs = [(run_once(duel, duel.ours), run_once(duel, duel.theirs)) for _ in range(rounds)]
    ours, theirs = zip(*pairs, strict=True)
    return Bout(
        duel.name,
        Side(duel.ours, ours, sizes[duel.ours]),
        Side(duel.theirs, theirs, sizes[duel.theirs]),
    )


def run_once(duel: Duel, command: Command) -> Sample:
    """Raises ``CalledProcessError`` if the command fails."""
    duel.prepare()
    os.sync()
    started = time.perf_counter()
    process = subprocess.Popen(command.arguments, cwd=duel.folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command.arguments)
    return Sample(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def own_peak() -> int:
    """The most memory that this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
