"""What ``zpack estimate`` says, and what comes: run by ``dev.py bench --estimates``."""

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import load_average
from benchmarks.media import make_media
from benchmarks.workspace import open_workspace
from zpack.jobs import Control
from zpack.operations import (
    PRESETS,
    CreateRequest,
    EstimateReport,
    EstimateRequest,
    PresetEstimate,
    create,
    estimate,
)

_MB = 1_000_000
_USR = Path("/usr")
_FOLDERS = (
    _USR / "include",
    _USR / "share" / "doc",
    _USR / "lib" / "python3",
    _USR / "share" / "locale",
    _USR / "bin",
    _USR / "lib" / "x86_64-linux-gnu",
    _USR / "lib" / "aarch64-linux-gnu",
)
_MIXTURES = ((0, 2), (1, 4), (0, 3, 4))  # of those folders; the first one with media, too


@dataclass(frozen=True, slots=True)
class Trial:
    """An estimate and the archive that came, in bytes and seconds; ``cpu`` seconds of both."""

    name: str
    preset: str
    said: PresetEstimate
    size: int
    seconds: float
    cpu: float

    @property
    def size_error(self) -> float:
        """As a part of the truth; positive if too much was said."""
        return self.said.size.expected / self.size - 1

    @property
    def time_error(self) -> float:
        """As a part of the truth."""
        return self.said.seconds.expected / self.seconds - 1


def main(arguments: list[str]) -> int:
    """The command's exit code: 1 if an aim is missed."""
    options = _parse(arguments)
    presets = options.preset or [preset.name for preset in PRESETS]
    trials = []
    with open_workspace(options.place) as workspace:
        print(f"Load: {load_average()}")
        for name, sources in _corpora(workspace):
            if not options.corpus or name in options.corpus:
                trials += list(_try(name, sources, presets, workspace))
    return _conclude(trials)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench --estimates", description=__doc__)
    names = [preset.name for preset in PRESETS]
    parser.add_argument("--preset", action="append", choices=names, help="only this one")
    parser.add_argument("--corpus", action="append", help="only this one: a folder's name")
    parser.add_argument("--place", type=Path, help="where to work (default: a memory disk)")
    return parser.parse_args(arguments)


def _corpora(workspace: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    media = workspace / "media"
    make_media(media, 150 * _MB)
    folders = [folder for folder in _FOLDERS if folder.is_dir()]
    for folder in folders:
        yield folder.name, (str(folder),)
    yield "media", (str(media),)
    for mixture in _MIXTURES:
        parts = [folders[number] for number in mixture]
        if mixture is _MIXTURES[0]:
            parts.append(media)
        yield "+".join(part.name for part in parts), tuple(map(str, parts))


def _try(
    name: str, sources: tuple[str, ...], presets: list[str], workspace: Path
) -> Iterator[Trial]:
    report = estimate(EstimateRequest(sources), Control())
    print(f"\n{name}: {_describe(report)}", flush=True)
    target = workspace / "truth"  # of any kind
    for said in report.presets:
        if said.preset in presets:
            before = time.process_time()
            made = create(
                CreateRequest(str(target), sources, preset=said.preset, overwrite=True), Control()
            )
            cpu = time.process_time() - before
            trial = Trial(name, said.preset, said, made.bytes_out, made.seconds, cpu)
            print(_line(trial), flush=True)
            yield trial
    target.unlink(missing_ok=True)


def _describe(report: EstimateReport) -> str:
    size = f"{report.files:,} files, {report.bytes_in / _MB:,.0f} MB"
    return f"{size}, {report.bytes_sampled / _MB:,.0f} MB sampled in {report.seconds:.2f} s"


def _line(trial: Trial) -> str:
    said = trial.said
    inside = said.size.low <= trial.size <= said.size.high
    return (
        f"  {trial.preset:<9} said {said.size.expected / _MB:8.2f} MB,"
        f" is {trial.size / _MB:8.2f} MB: {trial.size_error:+6.1%}"
        f" {'in' if inside else 'out of'} range;"
        f"  said {said.seconds.expected:6.2f} s, took {trial.seconds:6.2f} s"
        f" ({trial.cpu:6.2f} s CPU): {trial.time_error:+6.1%}"
    )


def _conclude(trials: list[Trial]) -> int:
    if not trials:
        print("Nothing was tried.")
        return 1
    sizes = sorted(abs(trial.size_error) for trial in trials)
    times = sorted(abs(trial.time_error) for trial in trials)
    print(
        f"\nErrors of sizes: median {statistics.median(sizes):.1%}, worst {sizes[-1]:.1%};"
        f" of times: median {statistics.median(times):.1%}, worst {times[-1]:.1%}"
    )
    missed = statistics.median(sizes) > 0.1 or sizes[-1] > 0.2
    print("The aim for sizes, 10 % in the median and 20 % at worst, is", end=" ")
    print("missed." if missed else "met.")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
