"""One run of the duels, from the corpora to the comparison."""

import time
from collections.abc import Iterator, Sequence

from benchmarks import baseline
from benchmarks.baseline import Baseline, Comparison, Mark, NoBaseline
from benchmarks.corpora import Corpus
from benchmarks.duels import Bout, Duel, fight
from benchmarks.export import write_results
from benchmarks.machine import Machine, find_facts, is_busy, load_average
from benchmarks.options import Options
from benchmarks.peers import say_who_is_missing
from benchmarks.results import Results
from benchmarks.table import aims_table, duels_table, show_ratio
from benchmarks.workspace import ROOM, open_workspace

WORSE, CANNOT_COMPARE, INTERRUPTED = 1, 2, 130


def measure_all(options: Options) -> int:
    """The exit code."""
    try:
        before = _baseline_before(options)
    except NoBaseline as problem:
        print(problem)
        return CANNOT_COMPARE
    say_who_is_missing()
    if is_busy():
        print(f"The machine is busy (load {load_average()}): the results will be, too.")
    bouts: list[Bout] = []
    try:
        results = _run(options, bouts)
    except KeyboardInterrupt:
        print(f"\n\n{duels_table(bouts)}\n\nInterrupted: nothing is written.")
        return INTERRUPTED
    print(f"\n{duels_table(results.bouts)}\n\n{aims_table(results.bouts)}\n")
    if options.write:
        written = write_results(results, options.write)
        print("Written: " + ", ".join(str(path) for path in written))
    marks = baseline.marks_of(results.bouts)
    if options.save:
        baseline.save(Baseline(results.date, results.factor, marks), options.save)
        print(f"The baseline is now {options.save}.")
    return _compare(before, marks) if before is not None else 0


def _baseline_before(options: Options) -> Baseline | None:
    """Looked at first: measuring takes long. Raises :class:`NoBaseline`."""
    if options.compare is None:
        return None
    before = baseline.load(options.compare)
    baseline.check_size(before, options.factor)
    return before


def _run(options: Options, bouts: list[Bout]) -> Results:
    """``bouts`` grows as they are fought."""
    before = load_average()
    corpora: list[Corpus] = []
    with open_workspace(options.place, int(ROOM * options.factor)) as workspace:
        print(f"Working in {workspace}")
        facts = find_facts(workspace)
        for chapter in options.chapters:
            with chapter.open(workspace, options.factor) as stage:
                print(f"\n{stage.corpus.describe()}", flush=True)
                corpora.append(stage.corpus)
                _fight_all(stage.duels, options, bouts)
    machine = Machine(facts, before, load_average())
    date = time.strftime("%Y-%m-%d")
    return Results(date, machine, options.factor, options.rounds, tuple(corpora), tuple(bouts))


def _fight_all(duels: Iterator[Duel], options: Options, bouts: list[Bout]) -> None:
    for duel in duels:
        if options.only in duel.name and duel.peer.is_here:
            print(f"  {duel.name} ...", end="", flush=True)
            bout = fight(duel, options.rounds, options.patience)
            print(f" {show_ratio(bout.time_ratio)}", flush=True)
            bouts.append(bout)


def _compare(before: Baseline, marks: Sequence[Mark]) -> int:
    comparison = baseline.compare(before, marks)
    _say(comparison, before)
    return WORSE if comparison.is_worse else 0


def _say(comparison: Comparison, before: Baseline) -> None:
    print(f"\nCompared with the baseline of {before.date}:")
    for change in comparison.changes:
        print(f"  {change}")
    for name in comparison.missing:
        print(f"  {name}: not measured now")
    for name in comparison.new:
        print(f"  {name}: not in the baseline")
