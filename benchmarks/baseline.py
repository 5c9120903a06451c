"""What was reached before, as ratios against peers, and whether it got worse.

Ratios, not seconds: they hold on other machines, more or less; on the same one they hold well.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.duels import Bout
from benchmarks.statistics import Interval

BASELINE = Path(__file__).with_name("baseline.json")
TOLERANCE = 0.05


class NoBaseline(Exception):
    """There is no baseline that these results could be compared with."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One ratio of one duel. ``measure``: time, cpu or size."""

    duel: str
    measure: str
    ratio: Interval


@dataclass(frozen=True, slots=True)
class Baseline:
    """``factor``: how large the corpora were."""

    date: str
    factor: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One ratio before and now."""

    before: Mark
    now: Mark

    @property
    def is_worse(self) -> bool:
        """Past the tolerance and past what chance could have made of either measurement."""
        before = self.before.ratio
        return self.now.ratio.low > max(before.value * (1 + TOLERANCE), before.high)

    def __str__(self) -> str:
        before, now = self.before.ratio, self.now.ratio
        percent = (now.value / before.value - 1) * 100
        word = "WORSE" if self.is_worse else "as before" if abs(percent) < 5 else "within noise"
        if percent < -5 and now.high < before.value:
            word = "better"
        return (
            f"{self.now.duel}: {self.now.measure} {before.value:.3f} × -> {now.value:.3f} × "
            f"({now.low:.3f}–{now.high:.3f}), {percent:+.1f} %: {word}"
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """``missing``: duels of the baseline that were not fought now; ``new``: the other way."""

    changes: tuple[Change, ...]
    missing: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def is_worse(self) -> bool:
        """Whether anything is."""
        return any(change.is_worse for change in self.changes)


def marks_of(bouts: Sequence[Bout]) -> tuple[Mark, ...]:
    """All ratios of some bouts."""
    return tuple(mark for bout in bouts for mark in _marks(bout))


def _marks(bout: Bout) -> list[Mark]:
    marks = [Mark(bout.name, "time", bout.time_ratio), Mark(bout.name, "cpu", bout.cpu_ratio)]
    if bout.size_ratio is not None:
        marks.append(Mark(bout.name, "size", bout.size_ratio))
    return marks


def check_size(baseline: Baseline, factor: float) -> None:
    """Raises :class:`NoBaseline` if the corpora were of another size then."""
    if not math.isclose(baseline.factor, factor):
        raise NoBaseline(
            f"The baseline is of corpora of {baseline.factor:g} times full size, not of "
            f"{factor:g} times: the ratios would differ by that alone. "
            f"Run it with --size {baseline.factor:g}."
        )


def compare(baseline: Baseline, now: Sequence[Mark]) -> Comparison:
    """What changed, of corpora of the same size."""
    before = {(mark.duel, mark.measure): mark for mark in baseline.marks}
    found = {(mark.duel, mark.measure): mark for mark in now}
    return Comparison(
        changes=tuple(Change(before[key], found[key]) for key in found if key in before),
        missing=tuple(
            f"{duel}: {measure}" for duel, measure in before if (duel, measure) not in found
        ),
        new=tuple(f"{duel}: {measure}" for duel, measure in found if (duel, measure) not in before),
    )


def save(baseline: Baseline, path: Path) -> None:
    """As JSON."""
    path.write_text(json.dumps(asdict(baseline), indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Baseline:
    """Raises :class:`NoBaseline`."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        marks = tuple(_mark(mark) for mark in data["marks"])
        return Baseline(data["date"], float(data["factor"]), marks)
    except OSError as error:
        raise NoBaseline(
            f"{path} cannot be read: {error.strerror}. --save-baseline makes one."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise NoBaseline(f"{path} is no baseline: {error!r}.") from error


def _mark(data: dict[str, object]) -> Mark:
    ratio = data["ratio"]
    if not isinstance(ratio, dict):
        raise TypeError("a ratio is missing")
    interval = Interval(*(float(ratio[name]) for name in ("value", "low", "high")))
    return Mark(str(data["duel"]), str(data["measure"]), interval)
