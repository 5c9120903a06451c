"""Bouts with numbers that are easy to check."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora import Corpus
from benchmarks.duels import Bout, Side
from benchmarks.machine import Fact, Machine
from benchmarks.results import Results
from benchmarks.sample import Memory, Sample

MEMORY = Memory(largest=40_000_000, together=50_000_000)


def side(title: str, seconds: Sequence[float], made: int | None = None) -> Side:
    """``cpu`` is twice the seconds."""
    samples = tuple(Sample(value, value * 2) for value in seconds)
    return Side(title, samples, MEMORY, made)


def bout(
    ours: Sequence[float] = (1.0, 1.1, 0.9),
    theirs: Sequence[float] = (2.0, 2.2, 1.8),
    *,
    work: str = "create balanced",
    corpus: str = "small",
    peer: str = "tar + zstd",
    made: tuple[int, int] | None = (90, 100),
) -> Bout:
    """By default exactly half of the peer's time and 0.9 of its size."""
    our_size, their_size = made or (None, None)
    return Bout(
        work=work,
        corpus=corpus,
        peer=peer,
        ours=side("zpack create", ours, our_size),
        theirs=side("tar -c", theirs, their_size),
        size=10_000_000,
    )


def results(*bouts: Bout, factor: float = 1.0) -> Results:
    """A whole run."""
    corpus = Corpus("small", Path("small"), 3, 1, 10_000_000, ((".py", 10_000_000),), "small/a")
    machine = Machine((Fact("cores", "2"),), load_before=0.1, load_after=1.2)
    return Results("2026-01-02", machine, factor, 3, (corpus,), bouts)
