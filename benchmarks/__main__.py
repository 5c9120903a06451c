"""``python -m benchmarks``: run the duels, print the table, write the results."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import build_corpus, open_workspace
from benchmarks.machine import describe_machine, load_average
from benchmarks.measure import Bout, fight, own_peak
from benchmarks.peers import Duel, all_duels
from benchmarks.report import Results, table, write_results

RESULTS = Path(__file__).with_name("results")


def main() -> int:
    """The command's exit code."""
    options = _parse()
    with open_workspace(options.place) as workspace:
        print(f"Working in {workspace}")
        corpus = build_corpus(workspace, options.corpus)
        print(f"Corpus: {corpus.describe()}\n")
        machine = describe_machine(workspace)
        before = load_average()
        bouts = list(_run(all_duels(workspace, corpus), options.rounds))
        machine |= {"load_before": before, "load_after": load_average()}
    results = Results(machine, corpus.facts(), options.rounds, own_peak(), bouts)
    print(f"\n{table(results)}\n")
    if options.write:
        print(
            "\nWritten: " + ", ".join(str(path) for path in write_results(results, options.write))
        )
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="dev.py bench", description="Measure zpack against other archivers."
    )
    parser.add_argument("--rounds", type=int, default=5, help="pairs per duel (default: 5)")
    parser.add_argument("--corpus", type=Path, help="a folder (default: this Python's libraries)")
    parser.add_argument("--place", type=Path, help="where to work (default: a memory disk)")
    parser.add_argument(
        "--write", type=Path, default=RESULTS, help=f"folder of the results (default: {RESULTS})"
    )
    parser.add_argument("--no-write", dest="write", action="store_const", const=None)
    return parser.parse_args()


def _run(duels: list[Duel], rounds: int) -> Iterator[Bout]:
    for duel in duels:
        print(f"{duel.name} ...", flush=True)
        yield fight(duel, rounds)


if __name__ == "__main__":
    sys.exit(main())
