"""Many trials, one after the other: what came of them, and which failed."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.damage_lab.engine import Command, Engine, Library
from benchmarks.damage_lab.options import Options
from benchmarks.damage_lab.subjects import Recipe, Workshop, recipes
from benchmarks.damage_lab.trial import COPIES, Case, Outcome, run_trial
from benchmarks.damage_lab.wounds import WOUNDS, describe

_LEAST_TIME = 30.0  # seconds for each operation
_SPEED = 2_000_000  # bytes of the archive for which a second more is given


@dataclass
class Tally:
    """Of all trials, or those of one kind."""

    trials: int = 0
    promised: int = 0
    restored: int = 0
    files: int = 0
    whole: int = 0
    seconds: float = 0.0
    failed: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count it."""
        self.trials += 1
        self.promised += outcome.promised
        self.restored += outcome.restored
        self.files += outcome.files
        self.whole += outcome.whole
        self.seconds += outcome.seconds
        if outcome.broken:
            self.failed.append(outcome)


def cases(options: Options) -> Iterator[tuple[Recipe, Case]]:
    """All that were asked for, those of one archive one after the other."""
    for recipe in recipes():
        if recipe.size.name not in options.sizes or options.only not in recipe.name:
            continue
        for wound in options.wounds:
            for number in range(options.trials):
                yield recipe, Case(options.seed, recipe.name, wound, number)


def engine_for(recipe: Recipe, *, command: bool) -> Engine:
    """Which may take the longer, the larger an archive is."""
    limit = _LEAST_TIME + recipe.size.archive / _SPEED
    return Command(limit) if command else Library(limit)


def run_campaign(
    options: Options, folder: Path, tell: Callable[[Outcome], None]
) -> dict[str, Tally]:
    """A tally for each kind of damage. ``tell`` is called after each trial. What fails is kept."""
    tallies: dict[str, Tally] = {}
    workshop, over = Workshop(folder), time.monotonic() + 60 * options.minutes
    bench = folder / "bench"
    bench.mkdir()
    for recipe, case in cases(options):
        if time.monotonic() > over:
            break
        subject = workshop.make(recipe)
        outcome = run_trial(case, subject, engine_for(recipe, command=options.command), bench)
        tallies.setdefault(case.wound, Tally()).add(outcome)
        if outcome.broken:
            keep(outcome, options.kept)
        tell(outcome)
    return tallies


def replay(case: Case, folder: Path, *, command: bool) -> Outcome:
    """Do one trial again. Raises :class:`LookupError` if there is no such archive or damage."""
    recipe = next((each for each in recipes() if each.name == case.recipe), None)
    if recipe is None or case.wound not in (*WOUNDS, COPIES):
        raise LookupError(str(case))
    bench = folder / "bench"
    bench.mkdir()
    subject = Workshop(folder).make(recipe)
    return run_trial(case, subject, engine_for(recipe, command=command), bench)


def keep(outcome: Outcome, folder: Path) -> Path:
    """Write down how to do it again, and what went wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{str(outcome.case).replace('/', '_')}.txt"
    path.write_text("\n".join([str(outcome.case), *report_lines(outcome)]) + "\n")
    return path


def report_lines(outcome: Outcome) -> Iterator[str]:
    """What was done, and what went wrong."""
    for number, edits in enumerate(outcome.edits, 1):
        for line in describe(edits):
            yield f"  copy {number}: {line}"
    for line in outcome.broken:
        yield f"  NOT KEPT: {line}"
