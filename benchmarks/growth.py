"""How memory grows with the input, from two sizes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.table import draw

MOST_MEMORY = 300e6
MOST_PER_ENTRY = 200.0
_HEAD = ("work", "input", "peak MB", "input", "peak MB", "growth", "then, at", "MB", "at most", "")


@dataclass(frozen=True, slots=True)
class Unit:
    """What the input is counted in. ``goal``: the input that the aims are about. ``most_growth``:
    bytes of memory for one more, at most; None: whatever ``MOST_MEMORY`` allows at the goal."""

    name: str
    goal: float
    most_growth: float | None


ENTRIES = Unit("entries", 1e6, MOST_PER_ENTRY)
GIGABYTES = Unit("GB", 500, None)


@dataclass(frozen=True, slots=True)
class Growth:
    """Peaks of memory in bytes, for less and for more input."""

    work: str
    unit: Unit
    less: float
    peak_of_less: int
    more: float
    peak_of_more: int

    @property
    def per_unit(self) -> float:
        """Bytes for one more."""
        return (self.peak_of_more - self.peak_of_less) / (self.more - self.less)

    @property
    def at_goal(self) -> float:
        """Bytes for the unit's goal, along the line through both; never less than was seen."""
        rest = max(0.0, self.unit.goal - self.more)
        return self.peak_of_more + rest * max(0.0, self.per_unit)

    @property
    def is_met(self) -> bool:
        """Whether the aims are."""
        most = self.unit.most_growth
        return self.at_goal <= MOST_MEMORY and (most is None or self.per_unit <= most)


def growth_table(found: Sequence[Growth]) -> str:
    """A row for each."""
    return draw(_HEAD, [_row(growth) for growth in found])


def _row(growth: Growth) -> tuple[str, ...]:
    unit = growth.unit
    per_unit = f"{growth.per_unit:,.0f} B per entry" if unit is ENTRIES else _per_gigabyte(growth)
    most = f"{unit.most_growth:.0f} B per entry, " if unit.most_growth is not None else ""
    return (
        growth.work,
        f"{growth.less:,.0f} {unit.name}" if unit is ENTRIES else f"{growth.less:g} {unit.name}",
        f"{growth.peak_of_less / 1e6:.0f}",
        f"{growth.more:,.0f} {unit.name}" if unit is ENTRIES else f"{growth.more:g} {unit.name}",
        f"{growth.peak_of_more / 1e6:.0f}",
        per_unit,
        f"{unit.goal:,.0f} {unit.name}",
        f"{growth.at_goal / 1e6:.0f}",
        f"{most}{MOST_MEMORY / 1e6:.0f} MB",
        "met" if growth.is_met else "MISSED",
    )


def _per_gigabyte(growth: Growth) -> str:
    return f"{growth.per_unit / 1000:,.1f} kB per GB"
