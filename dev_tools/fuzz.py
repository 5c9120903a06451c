"""Fuzzes the parsers of hostile bytes with atheris, each for some minutes.

What it finds is kept in build/fuzz/TARGET, with what it has learnt; ``--keep`` adds what is worth
it to the corpus in tests/fuzz/corpus.
"""

import argparse
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from dev_tools import places, say

CORPUS = places.ROOT / "tests" / "fuzz" / "corpus"
FOUND = places.ROOT / "build" / "fuzz"
_MISSING = (
    "atheris is not there: it is made for CPython 3.11 to 3.13 on Linux only.\n"
    "Without it, `python3 dev.py test tests/fuzz` runs the corpus and mutations of it."
)


def run(arguments: Sequence[str]) -> int:
    """The targets that were asked for, or all; the number of those in which something was found."""
    options = _parse(arguments)
    python = places.tool("python")
    probe: list[str | Path] = [python, "-c", "import atheris"]
    if subprocess.run(probe, check=False, stderr=subprocess.DEVNULL).returncode:
        raise say.CannotGoOn(_MISSING)
    targets = options.targets or sorted(path.name for path in CORPUS.iterdir())
    unknown = [target for target in targets if not (CORPUS / target).is_dir()]
    if unknown:
        raise say.CannotGoOn(f"There is no target {unknown[0]!r}: {', '.join(_names())}.")
    if options.file is not None:
        return _replay(python, targets[0], options.file)
    bad = [target for target in targets if not _fuzz(python, target, options)]
    say.heading("summary")
    print(f"{len(targets) - len(bad)} of {len(targets)} targets without a finding")
    for target in bad:
        print(f"{target}: see {FOUND / target}; python3 dev.py fuzz {target} --file FILE")
    return len(bad)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 dev.py fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(_names()))
    parser.add_argument("--minutes", type=float, default=1, help="for each target (default: 1)")
    parser.add_argument("--file", help="only run this file again")
    parser.add_argument("--keep", action="store_true", help="add to the corpus what is worth it")
    return parser.parse_args(arguments)


def _names() -> list[str]:
    return sorted(path.name for path in CORPUS.iterdir())


def _environment() -> dict[str, str]:
    path = os.pathsep.join((str(places.ROOT / "core"), str(places.ROOT)))
    return {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}


def _fuzz(python: Path, target: str, options: argparse.Namespace) -> bool:
    """Whether nothing was found."""
    say.heading(f"fuzz {target}")
    folder = FOUND / target
    seed = os.environ.get("ZPACK_FUZZ_SEED")
    learnt = folder / (f"seed-{seed}" if seed else "corpus")
    if seed:  # the same run again: from the corpus alone, not from what an earlier one has learnt
        shutil.rmtree(learnt, ignore_errors=True)
    learnt.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [python, "-m", "tests.fuzz.with_atheris", target]
    limits: list[str | Path] = [
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-max_len=20000",
        "-print_final_stats=1",
    ]
    limits += [f"-artifact_prefix={folder}/", f"-max_total_time={round(60 * options.minutes)}"]
    if seed:
        limits.append(f"-seed={seed}")
    places_to_read = [learnt, CORPUS / target]
    done = _run([*command, *places_to_read, *limits])
    if done == 0 and options.keep:
        # With a corpus that is as small as it can be for what it reaches.
        done = _run([*command, "-merge=1", "-max_len=4000", CORPUS / target, learnt])
    return done == 0


def _replay(python: Path, target: str, file: str) -> int:
    return _run([python, "-m", "tests.fuzz.replay", target, "0", "0", file])


def _run(command: Sequence[str | Path]) -> int:
    """At the lowest priority, in the project's folder."""
    return subprocess.run(
        ["nice", "-n", "19", *command], cwd=places.ROOT, env=_environment(), check=False
    ).returncode
