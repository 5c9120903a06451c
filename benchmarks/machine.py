"""What it was measured on. No names of computers or people."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import zstandard

from zpack.version import __version__


def describe_machine(workspace: Path) -> dict[str, object]:
    """Facts that change the numbers."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_bytes": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
        "system": f"{platform.system()} {platform.release()}",
        "file_system": _file_system(workspace),
        "python": platform.python_version(),
        "zpack": __version__,
        "zstandard": f"{version('zstandard')} (zstd {'.'.join(map(str, zstandard.ZSTD_VERSION))})",
        "xxhash": version("xxhash"),
        "tar": _first_line("tar", "--version"),
        "zstd": _first_line("zstd", "--version").strip("* "),
    }


def load_average() -> float:
    """How busy the machine was in the last minute."""
    return round(os.getloadavg()[0], 2)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(": ")[2]
    return platform.machine()


def _file_system(path: Path) -> str:
    return _first_line("stat", "--file-system", "--format=%T", str(path))


def _first_line(*command: str) -> str:
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return answer.stdout.splitlines()[0]
