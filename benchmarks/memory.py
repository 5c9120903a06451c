"""Shows that memory doesn't grow with the data, and little with the number of entries."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.commands import ZPACK, Command, LibraryCall
from benchmarks.growth import ENTRIES, GIGABYTES, Growth, Unit, growth_table
from benchmarks.million import make_entries
from benchmarks.options import Options
from benchmarks.sample import Runnable
from benchmarks.workspace import open_workspace

_ROOM = 3 << 30
_REPEATS = 3
_GIGABYTE = 1_000_000_000
_SCALED_GIGABYTES = 40
_ISLAND, _APART = 4096, 64 << 20
_ARCHIVE = "made.tar.zst"


def main(options: Options) -> int:
    """The exit code: 1 if an aim is missed."""
    with open_workspace(options.place, _ROOM) as workspace:
        print(f"Working in {workspace}", flush=True)
        entries = 1.0 if options.full else options.factor
        found = [*_with_entries(workspace, int(ENTRIES.goal * entries))]
        found += _with_data(workspace, _gigabytes(options))
    print(f"\n{growth_table(found)}\n")
    return 0 if all(growth.is_met for growth in found) else 1


def _gigabytes(options: Options) -> float:
    return GIGABYTES.goal if options.full else _SCALED_GIGABYTES * options.factor


def _with_entries(workspace: Path, count: int) -> Iterator[Growth]:
    """A tree of a quarter as many, and of as many."""

    def make(source: Path, amount: float) -> None:
        print(f"A tree of {amount:,.0f} entries ...", flush=True)
        make_entries(source, int(amount))

    yield from _grow(workspace, ENTRIES, count, make)


def _with_data(workspace: Path, gigabytes: float) -> Iterator[Growth]:
    """A file of a quarter of the size, and of the size."""

    def make(source: Path, amount: float) -> None:
        print(f"A file of {amount:g} GB ...", flush=True)
        make_pretender(source, int(amount * _GIGABYTE))

    yield from _grow(workspace, GIGABYTES, gigabytes, make)


def make_pretender(path: Path, size: int) -> None:
    """A file of ``size`` bytes that takes hardly any room: a page of data each 64 MiB, the rest a
    hole. What reads it gets every byte, as from any file."""
    with path.open("wb") as file:
        for at in range(0, size, _APART):
            file.seek(at)
            file.write(at.to_bytes(8, "little") * (_ISLAND // 8))
        file.truncate(size)


def _grow(
    workspace: Path, unit: Unit, amount: float, make: Callable[[Path, float], None]
) -> Iterator[Growth]:
    less = _peaks(workspace, amount / 4, make)
    more = _peaks(workspace, amount, make)
    for (work, peak_of_less), (_, peak_of_more) in zip(less, more, strict=True):
        yield Growth(f"{work}, {unit.name}", unit, amount / 4, peak_of_less, amount, peak_of_more)


def _peaks(
    workspace: Path, amount: float, make: Callable[[Path, float], None]
) -> list[tuple[str, int]]:
    """What each work needs at least: of all repeats the least, since what varies is the threads'
    doing."""
    source, archive = workspace / "source", workspace / _ARCHIVE
    make(source, amount)
    peaks = []
    for work, runnable in _works(workspace, source, archive):
        peak = min(_peak(runnable) for _ in range(_REPEATS))
        print(f"  {work}: {peak / 1e6:.1f} MB", flush=True)
        peaks.append((work, peak))
    archive.unlink()
    shutil.rmtree(source) if source.is_dir() else source.unlink()
    return peaks


def _works(folder: Path, source: Path, archive: Path) -> Iterator[tuple[str, Runnable]]:
    create = (*ZPACK, "create", "--quiet", archive.name, source.name)
    yield "create balanced", Command("", create, folder, archive)
    yield "list", Command("", (*ZPACK, "list", archive.name), folder)
    yield "list by the library", LibraryCall("", ("list", str(archive)))
    yield "verify", Command("", (*ZPACK, "verify", archive.name), folder)


def _peak(runnable: Runnable) -> int:
    if runnable.result is not None:
        runnable.result.unlink(missing_ok=True)
    return runnable.run_for_memory().together
