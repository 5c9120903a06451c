"""The arguments of ``python3 dev.py bench``."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.baseline import BASELINE
from benchmarks.programme import CHAPTERS, Chapter

RESULTS = Path(__file__).with_name("results")


@dataclass(frozen=True, slots=True)
class Options:
    """``write``: where the results go, if anywhere. ``compare`` and ``save``: the baseline to
    compare with, and to write."""

    rounds: int
    factor: float
    patience: float
    chapters: tuple[Chapter, ...]
    only: str
    place: Path | None
    write: Path | None
    compare: Path | None
    save: Path | None
    memory: bool
    full: bool
    tune: bool


def parse(arguments: list[str]) -> Options:
    """Leaves by ``SystemExit`` where they are wrong."""
    given = _parser().parse_args(arguments)
    chosen = tuple(one for one in CHAPTERS if not given.corpus or one.name in given.corpus)
    return Options(
        rounds=given.rounds,
        factor=given.size,
        patience=given.patience,
        chapters=chosen,
        only=given.only,
        place=given.place,
        write=given.write,
        compare=given.compare,
        save=given.save_baseline,
        memory=given.memory,
        full=given.full,
        tune=given.tune,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py bench", description="Measure zpack against other archivers."
    )
    add = parser.add_argument
    add("--rounds", type=_number(2, 1000), default=7, help="pairs per duel (default: 7)")
    add("--size", type=_factor, default=1.0, help="corpora of so many times full size (default: 1)")
    add(
        "--patience", type=float, default=120.0, metavar="SECONDS",
        help="fewer pairs, at least 3, where they would take longer (default: 120)",
    )  # fmt: skip
    add(
        "--corpus", action="append", choices=[chapter.name for chapter in CHAPTERS],
        help="only duels about this one; may be given again",
    )  # fmt: skip
    add("--only", default="", metavar="TEXT", help="only duels with TEXT in their names")
    add("--place", type=Path, help="where to work (default: a memory disk)")
    add("--write", type=Path, default=RESULTS, metavar="DIR", help="where the results go")
    add("--no-write", dest="write", action="store_const", const=None, help="write no results")
    add(
        "--compare", type=Path, nargs="?", const=BASELINE, metavar="BASELINE",
        help=f"fail if a ratio is worse than there (default: {BASELINE.name})",
    )  # fmt: skip
    add(
        "--save-baseline", type=Path, nargs="?", const=BASELINE, metavar="BASELINE",
        help="write the ratios for later comparisons",
    )  # fmt: skip
    add("--memory", action="store_true", help="instead: show how memory grows with the input")
    add("--full", action="store_true", help="with --memory: 500 GB and a million entries, in full")
    add("--tune", action="store_true", help="instead: try the coder's parameters")
    add("--estimates", action="store_true", help="instead: compare estimates with the truth")
    return parser


def _factor(text: str) -> float:
    value = float(text)
    if not 0 < value <= 100:
        raise argparse.ArgumentTypeError("it must be above 0 and at most 100")
    return value


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"it must be {least} to {most}")
        return value

    return read
