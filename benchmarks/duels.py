"""Two that do the same, by turns."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import statistics
from benchmarks.peers import Peer
from benchmarks.sample import Memory, Runnable, Sample
from benchmarks.statistics import Interval, Summary

LEAST_ROUNDS = 3


def _nothing() -> None:
    """Nothing needs to be made ready."""


@dataclass(frozen=True, slots=True)
class Duel:
    """``corpus``: the name of what is worked on. ``size``: its bytes, if a speed means anything.
    ``prepare`` is called before each run."""

    work: str
    corpus: str
    peer: Peer
    ours: Runnable
    theirs: Runnable
    prepare: Callable[[], None] = _nothing
    size: int | None = None

    @property
    def name(self) -> str:
        """Of no other duel."""
        return f"{self.work}, {self.corpus}, against {self.peer.name}"


@dataclass(frozen=True, slots=True)
class Side:
    """All runs of one side. ``made``: bytes of what it made, if anything."""

    title: str
    samples: tuple[Sample, ...]
    memory: Memory
    made: int | None

    @property
    def seconds(self) -> Summary:
        """By the clock."""
        return statistics.summarize(self.all_seconds)

    @property
    def cpu(self) -> Summary:
        """Seconds of processors."""
        return statistics.summarize(self.all_cpu)

    @property
    def all_seconds(self) -> list[float]:
        """Of each run."""
        return [sample.seconds for sample in self.samples]

    @property
    def all_cpu(self) -> list[float]:
        """Of each run."""
        return [sample.cpu for sample in self.samples]


@dataclass(frozen=True, slots=True)
class Bout:
    """A duel that was fought."""

    work: str
    corpus: str
    peer: str
    ours: Side
    theirs: Side
    size: int | None

    @property
    def name(self) -> str:
        """As the duel's."""
        return f"{self.work}, {self.corpus}, against {self.peer}"

    @property
    def time_ratio(self) -> Interval:
        """Ours by theirs: under 1, zpack is faster."""
        return statistics.ratio_of_pairs(self.ours.all_seconds, self.theirs.all_seconds)

    @property
    def time_difference(self) -> Interval:
        """Seconds that ours takes longer."""
        return statistics.difference_of_pairs(self.ours.all_seconds, self.theirs.all_seconds)

    @property
    def cpu_ratio(self) -> Interval:
        """Ours by theirs."""
        return statistics.ratio_of_pairs(self.ours.all_cpu, self.theirs.all_cpu)

    @property
    def size_ratio(self) -> Interval | None:
        """Ours by theirs, where both make something."""
        if not self.ours.made or not self.theirs.made:
            return None
        return statistics.exactly(self.ours.made / self.theirs.made)


def fight(duel: Duel, rounds: int, patience: float) -> Bout:
    """Both once to warm up and for their memory, then ``rounds`` pairs: fewer, but
    ``LEAST_ROUNDS``, where they would take more than ``patience`` seconds."""
    ours, theirs = _warm_up(duel, duel.ours), _warm_up(duel, duel.theirs)
    pairs: list[tuple[Sample, Sample]] = []
    started = time.monotonic()
    while len(pairs) < rounds and not _is_enough(len(pairs), time.monotonic() - started, patience):
        pairs.append((_run(duel, duel.ours), _run(duel, duel.theirs)))
    our_samples, their_samples = zip(*pairs, strict=True)
    return Bout(
        work=duel.work,
        corpus=duel.corpus,
        peer=duel.peer.name,
        ours=Side(duel.ours.title, our_samples, *ours),
        theirs=Side(duel.theirs.title, their_samples, *theirs),
        size=duel.size,
    )


def _is_enough(rounds: int, spent: float, patience: float) -> bool:
    """Whether another pair would be past the patience."""
    return rounds >= LEAST_ROUNDS and spent + spent / rounds > patience


def _warm_up(duel: Duel, side: Runnable) -> tuple[Memory, int | None]:
    duel.prepare()
    memory = side.run_for_memory()
    return memory, side.result.stat().st_size if side.result else None


def _run(duel: Duel, side: Runnable) -> Sample:
    duel.prepare()
    os.sync()
    return side.run()
