"""``python -m benchmarks.damage_lab``: trials, one trial again, or the comparison with others."""

import sys
from pathlib import Path

from benchmarks.damage_lab.campaign import Tally, cases, replay, report_lines, run_campaign
from benchmarks.damage_lab.contest_report import hold_contest
from benchmarks.damage_lab.options import Options, parse
from benchmarks.damage_lab.trial import Case, Outcome
from benchmarks.table import draw
from benchmarks.workspace import open_workspace

_ROOM = 3 << 30
_HEAD = ("damage", "trials", "promised", "restored", "files back", "seconds", "not kept")


def main(arguments: list[str]) -> int:
    """The command's exit code: 0, 1 if a promise was not kept, or 2 for a trial that is none."""
    options = parse(arguments)
    with open_workspace(options.place, _ROOM) as folder:
        if options.replay:
            return _replay(options, folder)
        return _contest(options, folder) if options.peers else _prove(options, folder)


def _prove(options: Options, folder: Path) -> int:
    print(f"Seed {options.seed}. Sizes: {', '.join(options.sizes)}.")
    tallies = run_campaign(options, folder, _tell)
    print("\n" + draw(_HEAD, [_row(name, tally) for name, tally in tallies.items()]))
    failed = [outcome for tally in tallies.values() for outcome in tally.failed]
    done, planned = sum(tally.trials for tally in tallies.values()), sum(1 for _ in cases(options))
    print(f"\n{done} trials of {planned}, {len(failed)} of them not kept")
    for outcome in failed:
        print(f"python3 dev.py damage --replay '{outcome.case}'")
    return 1 if failed else 0


def _tell(outcome: Outcome) -> None:
    if outcome.broken:
        print("\n".join((str(outcome.case), *report_lines(outcome))), flush=True)


def _row(name: str, tally: Tally) -> tuple[str, ...]:
    back = f"{100 * tally.whole / tally.files:.1f} %" if tally.files else ""
    counts = (tally.trials, tally.promised, tally.restored)
    return (name, *map(str, counts), back, f"{tally.seconds:.0f}", str(len(tally.failed)))


def _contest(options: Options, folder: Path) -> int:
    report = hold_contest(folder, options.seed, options.rounds)
    print(report)
    if options.write:
        options.write.write_text(report + "\n")
    return 0


def _replay(options: Options, folder: Path) -> int:
    named = Path(options.replay)
    text = named.read_text().partition("\n")[0] if named.is_file() else options.replay
    try:
        outcome = replay(Case.parse(text), folder, command=options.command)
    except (LookupError, ValueError):
        print(f"There is no trial {text!r}: it is SEED/ARCHIVE/KIND/NUMBER.", file=sys.stderr)
        return 2
    print("\n".join((text, *report_lines(outcome))))
    print(f"promised: {outcome.promised}, restored: {outcome.restored}, ", end="")
    print(f"{outcome.whole} of {outcome.files} files, {outcome.seconds:.1f} s")
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
