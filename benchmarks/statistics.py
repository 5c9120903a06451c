"""Means, intervals, and ratios of pairs. docs/benchmarks.md says why these."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

# Student's t for a two-sided 95 % interval, by degrees of freedom from 1.
_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
_T_OF_MANY = 1.960


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate, and where the truth lies with 95 % confidence."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Summary:
    """Of some samples, in their unit. ``interval`` is the mean's; ``deviation`` of the samples."""

    interval: Interval
    median: float
    deviation: float
    least: float
    most: float

    @property
    def mean(self) -> float:
        """The arithmetic mean."""
        return self.interval.value


def exactly(value: float) -> Interval:
    """What is the same each time, as a size is."""
    return Interval(value, value, value)


def summarize(samples: Sequence[float]) -> Summary:
    """Raises ``ValueError`` if there are none."""
    return Summary(
        interval=interval_of_mean(samples),
        median=statistics.median(samples),
        deviation=statistics.stdev(samples) if len(samples) > 1 else 0.0,
        least=min(samples),
        most=max(samples),
    )


def interval_of_mean(samples: Sequence[float]) -> Interval:
    """Student's t. One sample says nothing about how far off it is: its interval is infinite."""
    mean = statistics.fmean(samples)
    if len(samples) < 2:
        return Interval(mean, -math.inf, math.inf)
    reach = t_quantile(len(samples) - 1) * statistics.stdev(samples) / math.sqrt(len(samples))
    return Interval(mean, mean - reach, mean + reach)


def ratio_of_pairs(ours: Sequence[float], theirs: Sequence[float]) -> Interval:
    """The geometric mean of the pairs' ratios, with a paired t-interval on their logarithms.

    So that twice as fast and half as fast cancel out, and what slows both of a pair doesn't count.
    Raises ``ValueError`` if one side has more samples than the other.
    """
    logs = [math.log(_seen(a) / _seen(b)) for a, b in zip(ours, theirs, strict=True)]
    found = interval_of_mean(logs)
    return Interval(math.exp(found.value), math.exp(found.low), math.exp(found.high))


def difference_of_pairs(ours: Sequence[float], theirs: Sequence[float]) -> Interval:
    """The mean of what ours is more, with a paired t-interval."""
    return interval_of_mean([a - b for a, b in zip(ours, theirs, strict=True)])


def t_quantile(freedom: int) -> float:
    """For 95 %, two-sided."""
    return _T[freedom - 1] if freedom <= len(_T) else _T_OF_MANY


def _seen(value: float) -> float:
    """What the clock was too coarse to see is not nothing."""
    return max(value, 1e-6)
