"""The results as files: JSON with every sample, CSV with a line a duel, Markdown to read."""

import csv
import io
import json
import math
from dataclasses import asdict
from pathlib import Path

from benchmarks.aims import judge
from benchmarks.duels import Bout, Side
from benchmarks.results import Results
from benchmarks.statistics import Interval, Summary
from benchmarks.table import aims_table, duels_table

_NAMES = ("work", "corpus", "peer")
_SIDES = ("zpack", "peer")
_NUMBERS = ("mean", "median", "deviation", "low", "high", "cpu", "largest", "together", "made")
_RATIOS = ("time", "cpu", "size")


def write_results(results: Results, folder: Path) -> list[Path]:
    """Write ``<date>.json``, ``<date>.csv`` and ``latest.md``; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        folder / f"{results.date}.json": to_json(results),
        folder / f"{results.date}.csv": to_csv(results),
        folder / "latest.md": to_page(results),
    }
    for path, text in contents.items():
        path.write_text(text, encoding="utf-8")
    return list(contents)


def to_json(results: Results) -> str:
    """Everything, each single sample included."""
    data = {
        "date": results.date,
        "size": results.factor,
        "rounds": results.rounds,
        "machine": {fact.name: fact.value for fact in results.machine.facts},
        "load": {"before": results.machine.load_before, "after": results.machine.load_after},
        "corpora": [
            {"name": one.name, "files": one.files, "folders": one.folders, "bytes": one.size}
            | {"largest_kinds": dict(one.kinds)}
            for one in results.corpora
        ],
        "duels": [_bout(bout) for bout in results.bouts],
    }
    return json.dumps(data, indent=1) + "\n"


def _bout(bout: Bout) -> dict[str, object]:
    return {
        "name": bout.name,
        "time_ratio": _interval(bout.time_ratio),
        "cpu_ratio": _interval(bout.cpu_ratio),
        "size_ratio": None if bout.size_ratio is None else bout.size_ratio.value,
        "content_bytes": bout.size,
        "zpack": _side(bout.ours),
        "peer": _side(bout.theirs),
        "aims": [
            {"measure": judged.aim.measure.value, "at_most": judged.aim.limit}
            | {"found": judged.found.value, "verdict": judged.verdict.value}
            for judged in judge(bout)
        ],
    }


def _side(side: Side) -> dict[str, object]:
    return {
        "command": side.title,
        "bytes_made": side.made,
        "peak_of_largest_process": side.memory.largest,
        "peak_of_all_processes": side.memory.together,
        "seconds": _summary(side.seconds),
        "cpu_seconds": _summary(side.cpu),
        "samples": [asdict(sample) for sample in side.samples],
    }


def _summary(summary: Summary) -> dict[str, object]:
    return {
        **_interval(summary.interval, "mean"),
        "median": summary.median,
        "deviation": summary.deviation,
        "least": summary.least,
        "most": summary.most,
    }


def _interval(interval: Interval, name: str = "value") -> dict[str, object]:
    ends = {"low": interval.low, "high": interval.high}
    return {name: interval.value} | {
        key: end if math.isfinite(end) else None for key, end in ends.items()
    }


def to_csv(results: Results) -> str:
    """A line a duel: seconds, bytes, ratios."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    head = [*_NAMES, *(f"{side} {number}" for side in _SIDES for number in _NUMBERS)]
    for ratio in _RATIOS:
        head += [f"{ratio} ratio", f"{ratio} ratio low", f"{ratio} ratio high"]
    writer.writerow(head)
    writer.writerows(_line(bout) for bout in results.bouts)
    return text.getvalue()


def _line(bout: Bout) -> list[object]:
    line: list[object] = [bout.work, bout.corpus, bout.peer]
    line += [*_cells(bout.ours), *_cells(bout.theirs)]
    for ratio in (bout.time_ratio, bout.cpu_ratio, bout.size_ratio):
        line += ["", "", ""] if ratio is None else [ratio.value, ratio.low, ratio.high]
    return line


def _cells(side: Side) -> list[object]:
    seconds = side.seconds
    times = [seconds.mean, seconds.median, seconds.deviation]
    times += [seconds.interval.low, seconds.interval.high, side.cpu.mean]
    memory = [side.memory.largest, side.memory.together]
    return [*(round(value, 6) for value in times), *memory, side.made if side.made else ""]


def to_page(results: Results) -> str:
    """To read."""
    machine = results.machine
    facts = [f"- {fact.name}: {fact.value}" for fact in machine.facts]
    load = f"- load before and after: {machine.load_before}, {machine.load_after}"
    return "\n".join(
        [
            f"# Measured on {results.date}",
            "",
            f"Up to {results.rounds} pairs each after a warm-up; corpora of {results.factor:g}"
            " times full size.",
            "Seconds: mean ± standard deviation. Ratios: zpack by peer, under 1 zpack needs less;",
            "in brackets the 95 % interval. Memory: the peak of all processes together.",
            "docs/benchmarks.md explains it.",
            "",
            duels_table(results.bouts),
            "",
            "## Aims",
            "",
            aims_table(results.bouts),
            "",
            "## Machine",
            "",
            *facts,
            load,
            "",
            "## Corpora",
            "",
            *(f"- {corpus.describe()}" for corpus in results.corpora),
            "",
        ]
    )
