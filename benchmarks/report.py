"""Results as a table for people and as JSON for later comparisons."""

import json
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.measure import Bout, Side

_HEAD = ("work", "zpack, s", "peer, s", "time", "size", "peak MB", "peer")


@dataclass(frozen=True, slots=True)
class Results:
    """Everything about one run. ``floor``: peaks of memory below it could not be seen."""

    machine: dict[str, object]
    corpus: dict[str, object]
    rounds: int
    floor: int
    bouts: list[Bout]


def table(results: Results) -> str:
    """In Markdown, which also reads well on a terminal."""
    rows = [_HEAD, *(_row(bout, results.floor) for bout in results.bouts)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _row(bout: Bout, floor: int) -> tuple[str, ...]:
    size = "" if bout.size_ratio is None else f"{bout.size_ratio:.3f} ×"
    return (
        bout.name,
        _times(bout.ours),
        _times(bout.theirs),
        f"{bout.ratio:.2f} ×",
        size,
        f"{_megabytes(bout.ours.peak, floor)} / {_megabytes(bout.theirs.peak, floor)}",
        bout.theirs.command.title,
    )


def _times(side: Side) -> str:
    seconds = side.seconds
    return f"{statistics.median(seconds):.2f} ({min(seconds):.2f}–{max(seconds):.2f})"


def _megabytes(peak: int, floor: int) -> str:
    return f"{peak / 1e6:.0f}" if peak > floor else f"< {floor / 1e6:.0f}"


def write_results(results: Results, folder: Path) -> list[Path]:
    """Write ``<date>.json`` and ``latest.md``; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    date = time.strftime("%Y-%m-%d")
    data, page = folder / f"{date}.json", folder / "latest.md"
    data.write_text(json.dumps(as_data(results, date), indent=1) + "\n", encoding="utf-8")
    page.write_text(_page(results, date), encoding="utf-8")
    return [data, page]


def as_data(results: Results, date: str) -> dict[str, object]:
    """Every single measurement."""
    return {
        "date": date,
        "machine": results.machine,
        "corpus": results.corpus,
        "rounds": results.rounds,
        "smallest_peak_seen": results.floor,
        "duels": [_bout_as_data(bout) for bout in results.bouts],
    }


def _bout_as_data(bout: Bout) -> dict[str, object]:
    return {
        "work": bout.name,
        "time_ratio": round(bout.ratio, 4),
        "size_ratio": None if bout.size_ratio is None else round(bout.size_ratio, 4),
        "zpack": _side_as_data(bout.ours),
        "peer": _side_as_data(bout.theirs),
    }


def _side_as_data(side: Side) -> dict[str, object]:
    return {
        "command": side.command.title,
        "bytes_made": side.size,
        "samples": [asdict(sample) for sample in side.samples],
    }


def _page(results: Results, date: str) -> str:
    facts = [f"- {name.replace('_', ' ')}: {value}" for name, value in results.machine.items()]
    corpus = [f"- {name}: {value}" for name, value in results.corpus.items()]
    return "\n".join(
        [
            f"# Measured on {date}",
            "",
            f"{results.rounds} pairs each after a warm-up; median, minimum and maximum. The ratios",
            "are zpack by peer: under 1, zpack needs less. docs/benchmarks.md explains them.",
            "",
            table(results),
            "",
            "## Machine",
            "",
            *facts,
            "",
            "## Corpus",
            "",
            *corpus,
            "",
        ]
    )
