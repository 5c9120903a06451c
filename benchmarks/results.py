"""All of one run."""

from dataclasses import dataclass

from benchmarks.corpora import Corpus
from benchmarks.duels import Bout
from benchmarks.machine import Machine


@dataclass(frozen=True, slots=True)
class Results:
    """``date`` as 2026-11-21; ``factor``: how large the corpora were, 1 being full size."""

    date: str
    machine: Machine
    factor: float
    rounds: int
    corpora: tuple[Corpus, ...]
    bouts: tuple[Bout, ...]
