"""Shows that memory doesn't grow with the data, and little with the number of entries."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.commands import ZPACK, Command, LibraryCall
from benchmarks.growth import ENTRIES, GIGABYTES, Growth, Unit, growth_table
from benchmarks.million import make_entries
from benchmarks.options import Options
from benchmarks.sample import Runnable
from benchmarks.workspace import open_workspace

_ROOM = 3 << 30
_REPEATS = 3
_TELLING = 0.1
GIGABYTE = 1_000_000_000  # with fewer holes than 2**30 bytes a file is stored in full
_SCALED_GIGABYTES = 40
_ISLAND, _APART = 4096, 64 << 20


def main(options: Options) -> int:
    """The exit code: 1 if an aim is missed."""
    with open_workspace(options.place, _ROOM) as workspace:
        print(f"Working in {workspace}", flush=True)
        if options.factor < _TELLING:
            print("So small an input is lost in what a start takes: the growth means nothing.")
        prover = Prover(workspace, repeats=1 if options.full else _REPEATS)
        factor = 1.0 if options.full else options.factor
        found = [*prover.grow(ENTRIES, int(ENTRIES.goal * factor), _make_tree)]
        gigabytes = GIGABYTES.goal if options.full else _SCALED_GIGABYTES * factor
        found += prover.grow(GIGABYTES, gigabytes, _make_files)
    print(f"\n{growth_table(found)}\n")
    return 0 if all(growth.is_met for growth in found) else 1


def _make_tree(source: Path, amount: float) -> None:
    print(f"A tree of {amount:,.0f} entries ...", flush=True)
    make_entries(source, int(amount))


def _make_files(source: Path, amount: float) -> None:
    print(f"Files of {amount:g} GB ...", flush=True)
    make_pretenders(source, int(amount * GIGABYTE))


def make_pretenders(folder: Path, size: int) -> None:
    """Files of ``size`` bytes in all that take hardly any room: a page of data each 64 MiB, the
    rest holes. Each has less holes than zpack would leave out of an archive: every byte of them is
    coded, as of any file."""
    folder.mkdir()
    for number, start in enumerate(range(0, size, GIGABYTE)):
        length = min(GIGABYTE, size - start)
        with (folder / f"{number:03}.img").open("wb") as file:
            for at in range(0, length, _APART):
                file.seek(at)
                file.write((start + at).to_bytes(8, "little") * (_ISLAND // 8))
            file.truncate(length)


@dataclass(frozen=True, slots=True)
class Prover:
    """Works in ``workspace``. What a work needs is the least of ``repeats`` peaks: what varies is
    how far the threads happen to run ahead."""

    workspace: Path
    repeats: int

    def grow(self, unit: Unit, amount: float, make: Callable[[Path, float], None]) -> list[Growth]:
        """Each work with a quarter of the amount, and with all of it. ``make(path, amount)`` makes
        a source."""
        less, more = self._peaks(amount / 4, make), self._peaks(amount, make)
        return [
            Growth(f"{work}, {unit.name}", unit, amount / 4, peak_of_less, amount, peak_of_more)
            for (work, peak_of_less), (_, peak_of_more) in zip(less, more, strict=True)
        ]

    def _peaks(self, amount: float, make: Callable[[Path, float], None]) -> list[tuple[str, int]]:
        source = self.workspace / "source"
        make(source, amount)
        peaks = [(work, self._peak(work, runnable)) for work, runnable in self._works(source)]
        shutil.rmtree(source)
        return peaks

    def _works(self, source: Path) -> Iterator[tuple[str, Runnable]]:
        folder, archive = self.workspace, self.workspace / "made.tar.zst"
        create = (*ZPACK, "create", "--quiet", archive.name, source.name)
        yield "create balanced", Command("", create, folder, archive)
        yield "list", Command("", (*ZPACK, "list", archive.name), folder)
        yield "list by the library", LibraryCall("", ("list", str(archive)))
        yield "verify", Command("", (*ZPACK, "verify", archive.name), folder)
        archive.unlink()

    def _peak(self, work: str, runnable: Runnable) -> int:
        peaks = []
        for _ in range(self.repeats):
            if runnable.result is not None:
                runnable.result.unlink(missing_ok=True)
            peaks.append(runnable.run_for_memory().together)
        print(f"  {work}: {min(peaks) / 1e6:.1f} MB", flush=True)
        return min(peaks)
