"""What the coder costs and gains with some parameters."""

import heapq
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import zstandard

MIB = 1 << 20
_ZSTD_NAMES = (
    "window_log", "hash_log", "chain_log", "search_log", "min_match",
    "target_length", "strategy", "enable_ldm", "ldm_min_match", "ldm_hash_log",
    "ldm_hash_rate_log", "threads", "job_size",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """Parameters of zstd; None is what the level has. ``threads``: within a frame, each
    coding ``job_size`` bytes of it."""

    level: int
    frame_content: int
    by_type: bool = True
    window_log: int | None = None
    hash_log: int | None = None
    chain_log: int | None = None
    search_log: int | None = None
    min_match: int | None = None
    target_length: int | None = None
    strategy: int | None = None
    enable_ldm: bool | None = None
    ldm_min_match: int | None = None
    ldm_hash_log: int | None = None
    ldm_hash_rate_log: int | None = None
    threads: int | None = None
    job_size: int | None = None

    def on_whole_frames(self) -> "Setting":
        """The same with a window as large as a frame: without it, low levels look back at only a
        part of one."""
        return replace(self, window_log=(self.frame_content - 1).bit_length())

    def __str__(self) -> str:
        order = "type" if self.by_type else "path"
        return f"level {self.level}, {self.frame_content // MIB} MiB, {order} order" + "".join(
            f", {name} {value}" for name, value in self._changes()
        )

    def compressor(self) -> zstandard.ZstdCompressor:
        """As zpack's, with these parameters. Raises ``ZstdError`` where they don't go together."""
        parameters = zstandard.ZstdCompressionParameters.from_level(
            self.level, write_checksum=True, write_content_size=True, **dict(self._changes())
        )
        return zstandard.ZstdCompressor(compression_params=parameters)

    def _changes(self) -> list[tuple[str, int]]:
        values = ((name, getattr(self, name)) for name in _ZSTD_NAMES)
        return [(name, int(value)) for name, value in values if value is not None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``cpu``: seconds, of each frame the least of all repeats. ``on_two``: how long two cores
    would take that code a frame each."""

    setting: Setting
    cpu: float
    on_two: float
    size: int


def try_setting(setting: Setting, frames: Sequence[bytes], repeats: int) -> Outcome:
    """Code all frames ``repeats`` times."""
    coder = setting.compressor()
    least = [float("inf")] * len(frames)
    size = 0
    for _ in range(repeats):
        size = 0
        for number, frame in enumerate(frames):
            started = time.process_time()
            size += len(coder.compress(frame))
            least[number] = min(least[number], time.process_time() - started)
    on_two = sum(least) / 2 if setting.threads else time_on_cores(least, 2)
    return Outcome(setting, sum(least), on_two, size)


def time_on_cores(tasks: Sequence[float], cores: int) -> float:
    """How long they take if each free core takes the next one."""
    busy = [0.0] * cores
    for task in tasks:
        heapq.heapreplace(busy, busy[0] + task)
    return max(busy)


def worthwhile(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Those that nothing else beats in both time and size, the quickest first."""
    chosen: list[Outcome] = []
    for outcome in sorted(outcomes, key=lambda one: (one.cpu, one.size)):
        if not chosen or outcome.size < chosen[-1].size:
            chosen.append(outcome)
    return chosen
