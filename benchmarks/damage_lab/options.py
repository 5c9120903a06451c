"""The arguments of ``python3 dev.py damage``."""

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

from benchmarks.damage_lab.subjects import SIZES
from benchmarks.damage_lab.trial import COPIES
from benchmarks.damage_lab.wounds import WOUNDS

KEPT = Path(__file__).parents[2] / "build" / "damage"
_DEFAULT_SIZES = ("nothing", "empty", "tiny", "50kB", "1MB", "20MB")


@dataclass(frozen=True, slots=True)
class Options:
    """``trials`` of each archive and kind of damage, over for good after ``minutes``. ``replay``:
    the name of a trial, or a file that was kept of one that failed."""

    seed: int
    trials: int
    minutes: float
    sizes: tuple[str, ...]
    wounds: tuple[str, ...]
    only: str
    command: bool
    peers: bool
    rounds: int
    write: Path | None
    replay: str
    place: Path | None
    kept: Path


def parse(arguments: list[str]) -> Options:
    """Leaves by ``SystemExit`` where they are wrong."""
    given = _parser().parse_args(arguments)
    return Options(
        seed=given.seed,
        trials=given.trials,
        minutes=given.minutes,
        sizes=tuple(given.size or _DEFAULT_SIZES),
        wounds=tuple(given.kind or (*WOUNDS, COPIES)),
        only=given.only,
        command=given.command,
        peers=given.peers,
        rounds=given.rounds,
        write=given.write,
        replay=given.replay,
        place=given.place,
        kept=given.kept,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py damage",
        description="Damage archives in every way, and hold zpack to what it promises.",
    )
    add = parser.add_argument
    seed = int(os.environ.get("ZPACK_DAMAGE_SEED", "1"))
    add("--seed", type=int, default=seed, help="other damage (default: ZPACK_DAMAGE_SEED, or 1)")
    add("--trials", type=int, default=1, help="of each archive and kind of damage (default: 1)")
    add("--minutes", type=float, default=60, help="stop after so long (default: 60)")
    add(
        "--size", action="append", choices=[size.name for size in SIZES],
        help=f"archives of this size; may be given again (default: {', '.join(_DEFAULT_SIZES)})",
    )  # fmt: skip
    add(
        "--kind", action="append", choices=[*WOUNDS, COPIES], metavar="KIND",
        help=f"damage of this kind; may be given again: {', '.join((*WOUNDS, COPIES))}",
    )  # fmt: skip
    add("--only", default="", metavar="TEXT", help="only archives with TEXT in their names")
    add("--command", action="store_true", help="ask the command, not the library: slower")
    add("--replay", default="", metavar="TRIAL", help="do one trial again: its name, or its file")
    add("--peers", action="store_true", help="instead: the same damage done to other archivers")
    add("--rounds", type=int, default=10, help="with --peers: of each kind of damage (default: 10)")
    add("--write", type=Path, metavar="FILE", help="with --peers: write the table there, too")
    add("--place", type=Path, help="where to work (default: a memory disk)")
    add("--kept", type=Path, default=KEPT, help="where trials that failed are kept")
    return parser
