"""What it was measured on. No names of computers or people."""

import os
import platform
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import zstandard

from benchmarks.peers import PEERS
from zpack.version import __version__


@dataclass(frozen=True, slots=True)
class Fact:
    """``name`` as a person reads it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Machine:
    """Facts that change the numbers, and how busy the machine was before and after."""

    facts: tuple[Fact, ...]
    load_before: float
    load_after: float


def find_facts(workspace: Path) -> tuple[Fact, ...]:
    """About the machine, zpack, and the peers that are here."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    ours = (
        Fact("processor", _processor()),
        Fact("cores", str(len(os.sched_getaffinity(0)))),
        Fact("memory", f"{memory / 1e9:.1f} GB"),
        Fact("system", f"{platform.system()} {platform.release()}"),
        Fact("file system", _file_system(workspace)),
        Fact("python", platform.python_version()),
        Fact("zpack", __version__),
        Fact("zstandard", f"{version('zstandard')} (zstd {_dotted(zstandard.ZSTD_VERSION)})"),
        Fact("xxhash", version("xxhash")),
        Fact("lz4", version("lz4")),
    )
    return ours + tuple(Fact(peer.name, peer.version_line()) for peer in PEERS if peer.is_here)


def load_average() -> float:
    """How many wanted a core in the last minute."""
    return round(os.getloadavg()[0], 2)


def is_busy() -> bool:
    """Whether others would be measured, too."""
    return load_average() > 0.5


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(": ")[2]
    return platform.machine()


def _file_system(path: Path) -> str:
    command = ("stat", "--file-system", "--format=%T", str(path))
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))
