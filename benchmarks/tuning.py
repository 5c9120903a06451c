"""Which parameters of the coder give the best trade: seconds of processors against size.

The coder alone, on frames in memory as zpack makes them. Processors' seconds hold fairly well on a
busy machine; of each frame the least of all repeats counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.coder_trials import MIB, Outcome, Setting, try_setting, worthwhile
from benchmarks.commands import Command
from benchmarks.corpora import BINARY, MEDIA, SMALL, SOURCE
from benchmarks.frames import frames_of
from benchmarks.options import Options
from benchmarks.table import draw
from benchmarks.workspace import ROOM, open_workspace

_HEAD = ("", "setting", "CPU s", "on two cores", "MB", "of the peer's size")
_BALANCED_SIZE, _BEST_SIZE = 0.90, 1.05
_REPEATS = 3
BOTH, ANY = (True, False), (True,)


@dataclass(frozen=True, slots=True)
class Reference:
    """What the peer takes. ``seconds`` by the clock, the least of the repeats."""

    title: str
    seconds: float
    cpu: float
    size: int


def main(options: Options) -> int:
    """The command's exit code."""
    with open_workspace(options.place, int(ROOM * options.factor)) as workspace:
        for recipe, orders in ((SMALL, BOTH), (SOURCE, BOTH), (BINARY, ANY), (MEDIA, ANY)):
            folder = recipe.build(workspace, options.factor).path
            print(f"\n# {recipe.name}: fast and balanced", flush=True)
            settings = quick_settings(orders)
            _explore(folder, settings, _REPEATS, tar_reference(folder), _BALANCED_SIZE)
        print(f"\n# {SOURCE.name}: best", flush=True)
        folder = workspace / SOURCE.name
        _explore(folder, best_settings(), 1, seven_zip_reference(folder), _BEST_SIZE)
    return 0


def quick_settings(orders: tuple[bool, ...]) -> Iterator[Setting]:
    """What *fast* and *balanced* could be, by type or not."""
    for capacity in (4 * MIB, 8 * MIB, 16 * MIB, 32 * MIB):
        for by_type in orders:
            yield from _quick(capacity, by_type)


def _quick(capacity: int, by_type: bool) -> Iterator[Setting]:
    plain = [Setting(level, capacity, by_type) for level in range(1, 7)]
    yield from plain
    yield from (setting.on_whole_frames() for setting in plain)
    one, two, three = (setting.on_whole_frames() for setting in plain[:3])
    yield replace(one, hash_log=15)
    yield from (replace(two, hash_log=log) for log in (15, 17, 18))
    yield from (replace(two, hash_log=17, min_match=least) for least in (5, 7))
    yield replace(three, hash_log=16, chain_log=15, min_match=6)
    yield replace(three, hash_log=18, chain_log=17)


def best_settings() -> Iterator[Setting]:
    """What *best* could be: with long-distance matching."""
    for capacity in (16 * MIB, 32 * MIB, 64 * MIB):
        for level in (12, 15, 16, 17, 18, 19, 22):
            yield replace(Setting(level, capacity).on_whole_frames(), enable_ldm=True)
    sixteen = replace(Setting(16, 32 * MIB).on_whole_frames(), enable_ldm=True)
    yield replace(sixteen, enable_ldm=None)
    yield replace(sixteen, min_match=3)
    yield replace(sixteen, chain_log=24)
    yield replace(sixteen, target_length=96)
    yield replace(sixteen, ldm_min_match=32, ldm_hash_log=22, ldm_hash_rate_log=3)
    for search_log in (3, 4, 5):
        yield replace(sixteen, strategy=8, min_match=3, search_log=search_log)
    whole = replace(Setting(17, 64 * MIB).on_whole_frames(), enable_ldm=True)
    yield replace(whole, threads=2, job_size=16 * MIB)


def _explore(
    folder: Path, settings: Iterator[Setting], repeats: int, peer: Reference, limit: float
) -> None:
    print(f"{peer.title}: {peer.seconds:.2f} s, {peer.cpu:.2f} CPU s, {peer.size / 1e6:.2f} MB")
    outcomes = list(_try_all(folder, settings, repeats))
    print(f"\n{trials_table(outcomes, peer)}\n{advice(outcomes, peer, limit)}", flush=True)


def _try_all(folder: Path, settings: Iterator[Setting], repeats: int) -> Iterator[Outcome]:
    made: tuple[int, bool] | None = None
    frames: list[bytes] = []
    for setting in settings:
        if made != (setting.frame_content, setting.by_type):
            made = (setting.frame_content, setting.by_type)
            frames = list(frames_of(folder, setting.frame_content, by_type=setting.by_type))
        yield try_setting(setting, frames, repeats)


def trials_table(outcomes: Sequence[Outcome], peer: Reference) -> str:
    """``*``: nothing else is both quicker and smaller."""
    best = worthwhile(outcomes)
    rows = [
        (
            "*" if outcome in best else "",
            str(outcome.setting),
            f"{outcome.cpu:.3f}",
            f"{outcome.on_two:.3f}",
            f"{outcome.size / 1e6:.2f}",
            f"{outcome.size / peer.size:.3f}",
        )
        for outcome in outcomes
    ]
    return draw(_HEAD, rows)


def advice(outcomes: Sequence[Outcome], peer: Reference, limit: float) -> str:
    """The quickest that is small enough."""
    small = [outcome for outcome in outcomes if outcome.size <= limit * peer.size]
    if not small:
        least = min(outcomes, key=lambda outcome: outcome.size)
        return (
            f"None is at most {limit:.2f} x the size of {peer.title}; the smallest, "
            f"{least.size / peer.size:.3f} x: {least.setting}"
        )
    quickest = min(small, key=lambda outcome: outcome.cpu)
    return (
        f"The quickest of at most {limit:.2f} x the size of {peer.title}: {quickest.setting} "
        f"({quickest.cpu:.2f} CPU s, {quickest.size / peer.size:.3f} x)"
    )


def tar_reference(folder: Path) -> Reference:
    """What *balanced* is measured against."""
    made = folder.parent / "peer.tar.zst"
    arguments = ("tar", "-I", "zstd -T0 -3", "-cf", made.name, folder.name)
    return _reference(Command("tar -I 'zstd -T0 -3'", arguments, folder.parent, made), _REPEATS)


def seven_zip_reference(folder: Path) -> Reference:
    """What *best* is measured against."""
    made = folder.parent / "peer.7z"
    arguments = ("7zz", "a", "-bd", "-bso0", made.name, folder.name)
    return _reference(Command("7zz a", arguments, folder.parent, made), 1)


def _reference(command: Command, repeats: int) -> Reference:
    assert command.result is not None
    samples = []
    for _ in range(repeats):
        command.result.unlink(missing_ok=True)
        samples.append(command.run())
    size = command.result.stat().st_size
    command.result.unlink()
    seconds, cpu = (min(getattr(one, name) for one in samples) for name in ("seconds", "cpu"))
    return Reference(command.title, seconds, cpu, size)
