"""How good is good enough: what each duel has to reach."""

from dataclasses import dataclass
from enum import Enum

from benchmarks.duels import Bout
from benchmarks.statistics import Interval, exactly


class Measure(Enum):
    """What an aim is about. All of them: the less, the better."""

    TIME = "time"  # ours by theirs
    EXTRA_SECONDS = "more seconds"
    SIZE = "size"  # ours by theirs
    MEMORY = "memory"  # bytes, of all processes together


class Verdict(Enum):
    """Whether an aim is met; ``UNSURE`` if the limit lies within the measured interval."""

    MET = "met"
    UNSURE = "unsure"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Aim:
    """``duel``: its name. ``limit``: at most that much, in the measure's unit. ``cores``: made for
    as many; with others it is no more than a hint."""

    duel: str
    measure: Measure
    limit: float
    cores: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An aim and what was measured."""

    aim: Aim
    found: Interval
    verdict: Verdict


_SMALL = "create balanced, small, against tar + zstd"
_SOURCE = "create best, source, against 7zz"
_MB = 1e6

AIMS = (
    Aim(_SMALL, Measure.TIME, 0.85),
    Aim(_SMALL, Measure.SIZE, 0.90),
    Aim(_SMALL, Measure.MEMORY, 300 * _MB),
    Aim("create balanced, binary, against tar + zstd", Measure.TIME, 0.90),
    Aim(_SOURCE, Measure.TIME, 0.60),
    Aim(_SOURCE, Measure.SIZE, 1.05),
    Aim("extract, mixed, against tar + zstd", Measure.TIME, 0.75, cores=2),
    Aim("list (command), million, against tar + zstd", Measure.TIME, 0.25),
    Aim("list (library), million, against tar + zstd", Measure.TIME, 0.05),
    Aim("one file (command), mixed, against tar + zstd", Measure.TIME, 0.06),
    Aim("one file (library), mixed, against tar + zstd", Measure.TIME, 0.01),
    Aim("verify, mixed, against zstd", Measure.TIME, 0.60, cores=2),
    Aim("start, nothing, against python3", Measure.EXTRA_SECONDS, 0.1),
)


def judge(bout: Bout) -> list[Judged]:
    """The aims of a duel, and whether they are met."""
    wanted = [aim for aim in AIMS if aim.duel == bout.name]
    measured = ((aim, _measured(bout, aim.measure)) for aim in wanted)
    return [Judged(aim, found, verdict_on(found, aim.limit)) for aim, found in measured if found]


def verdict_on(found: Interval, limit: float) -> Verdict:
    """At most ``limit``?"""
    if found.high <= limit:
        return Verdict.MET
    return Verdict.MISSED if found.low > limit else Verdict.UNSURE


def _measured(bout: Bout, measure: Measure) -> Interval | None:
    if measure is Measure.TIME:
        return bout.time_ratio
    if measure is Measure.EXTRA_SECONDS:
        return bout.time_difference
    if measure is Measure.SIZE:
        return bout.size_ratio
    return exactly(bout.ours.memory.together)
