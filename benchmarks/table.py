"""The results as tables in Markdown, which also read well on a terminal."""

from collections.abc import Sequence

from benchmarks.aims import Judged, Measure, Verdict, judge
from benchmarks.duels import Bout, Side
from benchmarks.statistics import Interval

_DUELS = ("work", "peer", "zpack, s", "peer, s", "time", "CPU", "size", "MB/s", "peak MB")
_AIMS = ("aim", "at most", "measured", "")
_SIGNS = {Verdict.MET: "met", Verdict.UNSURE: "not sure", Verdict.MISSED: "MISSED"}


def duels_table(bouts: Sequence[Bout]) -> str:
    """Seconds are means with their deviation, ratios zpack by peer with their 95 % interval."""
    return draw(_DUELS, [_duel_row(bout) for bout in bouts])


def aims_table(bouts: Sequence[Bout]) -> str:
    """Each aim of the duels that were fought."""
    rows = [_aim_row(judged) for bout in bouts for judged in judge(bout)]
    return draw(_AIMS, rows) if rows else "No aim is set for these."


def _duel_row(bout: Bout) -> tuple[str, ...]:
    return (
        f"{bout.work}, {bout.corpus}",
        bout.theirs.title,
        _seconds(bout.ours),
        _seconds(bout.theirs),
        show_ratio(bout.time_ratio),
        f"{bout.cpu_ratio.value:.2f} ×",
        "" if bout.size_ratio is None else f"{bout.size_ratio.value:.3f} ×",
        _speeds(bout),
        f"{_megabytes(bout.ours.memory.together)} / {_megabytes(bout.theirs.memory.together)}",
    )


def _aim_row(judged: Judged) -> tuple[str, ...]:
    aim = judged.aim
    cores = f" (on {aim.cores} cores)" if aim.cores else ""
    return (
        f"{aim.duel}: {aim.measure.value}{cores}",
        show_measure(aim.measure, aim.limit),
        f"{show_measure(aim.measure, judged.found.value)}{_spread(aim.measure, judged.found)}",
        _SIGNS[judged.verdict],
    )


def show_ratio(ratio: Interval) -> str:
    """A ratio with its interval."""
    return f"{ratio.value:.3g} × ({ratio.low:.3g}–{ratio.high:.3g})"


def show_measure(measure: Measure, value: float) -> str:
    """With its unit."""
    if measure is Measure.MEMORY:
        return f"{_megabytes(value)} MB"
    if measure is Measure.EXTRA_SECONDS:
        return f"{value * 1000:.0f} ms"
    return f"{value:.3f} ×"


def _spread(measure: Measure, found: Interval) -> str:
    if found.low == found.high:
        return ""
    return f" ({show_measure(measure, found.low)} to {show_measure(measure, found.high)})"


def _seconds(side: Side) -> str:
    return f"{side.seconds.mean:.3f} ± {side.seconds.deviation:.3f}"


def _speeds(bout: Bout) -> str:
    if bout.size is None:
        return ""
    ours, theirs = (bout.size / 1e6 / side.seconds.mean for side in (bout.ours, bout.theirs))
    return f"{ours:,.0f} / {theirs:,.0f}"


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.0f}"


def draw(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table, its columns aligned."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (head, *rows)
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
