"""What a container leaves of the machine."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from zpack.jobs import core_count, cores, memory, memory_limit, threads_in_memory
from zpack.jobs.cgroup import core_quota, memory_quota


def group(root: Path, ours: str, **files: str) -> tuple[str, str]:
    """A tree as the kernel shows it; in names ``__`` stands for a slash, ``_`` for a point."""
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("-", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "ours").write_text(ours)
    return str(root), str(root / "ours")


def test_a_quota_of_cores(tmp_path: Path) -> None:
    given = group(tmp_path, "0::/a/b\n", **{"a__b__cpu-max": "150000 100000\n"})
    assert core_quota(*given) == 1.5


def test_the_least_of_those_above_counts(tmp_path: Path) -> None:
    files = {"a__b__cpu-max": "max 100000\n", "a__cpu-max": "400000 100000\n", "cpu-max": "x"}
    files |= {"a__b__memory-max": "max\n", "a__memory-max": "5000000\n"}
    given = group(tmp_path, "0::/a/b\n", **files)
    assert core_quota(*given) == 4
    assert memory_quota(*given) == 5_000_000


def test_in_a_container_that_sees_the_path_of_its_host(tmp_path: Path) -> None:
    given = group(tmp_path, "0::/docker/0123\n", **{"cpu-max": "50000 100000\n"})
    assert core_quota(*given) == 0.5


def test_version_1(tmp_path: Path) -> None:
    files = {"cpu__x__cpu-cfs_quota_us": "200000\n", "cpu__x__cpu-cfs_period_us": "100000\n"}
    files |= {"memory__x__memory-limit_in_bytes": "9223372036854771712\n"}
    given = group(tmp_path, "4:cpu,cpuacct:/x\n3:memory:/x\n", **files)
    assert core_quota(*given) == 2
    assert memory_quota(*given) is None


@pytest.mark.parametrize("text", ["", "max", "a b", "1", "-1 100000", "0 0", "9" * 50, "\xff 1"])
def test_what_makes_no_sense_limits_nothing(tmp_path: Path, text: str) -> None:
    given = group(tmp_path, "0::/\nnonsense\n:::\n", **{"cpu-max": text, "memory-max": text})
    assert core_quota(*given) is None
    assert memory_quota(*given) is None or text == "1"


def test_nothing_there(tmp_path: Path) -> None:
    assert core_quota(str(tmp_path), str(tmp_path / "gone")) is None


@pytest.mark.parametrize(("quota", "expected"), [(0.2, 1), (1.0, 1), (1.5, 2), (None, 3), (64, 3)])
def test_threads_are_no_more_than_the_quota(
    monkeypatch: pytest.MonkeyPatch, quota: float | None, expected: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    monkeypatch.setattr(cores, "core_quota", lambda: quota)
    assert core_count() == expected
    assert core_count(7) == 7


def test_the_least_memory_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "memory_quota", lambda: 12345)
    assert memory_limit() == 12345


def test_what_the_process_may_map_counts() -> None:
    limit = 3 << 30
    code = "from zpack.jobs import memory_limit; print(memory_limit())"

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-c", code], preexec_fn=limited, capture_output=True, check=True
    )
    assert 0 < int(done.stdout) <= limit


@pytest.mark.parametrize(
    ("wanted", "limit", "expected"),
    [(0, 1000, 2), (0, 10_000, 3), (0, 10, 1), (0, None, 3), (7, 10, 7)],
)
def test_no_more_threads_than_fit_the_memory(
    monkeypatch: pytest.MonkeyPatch, wanted: int, limit: int | None, expected: int
) -> None:
    """Unless somebody asked for so many."""
    monkeypatch.setattr(memory, "memory_limit", lambda: limit)
    monkeypatch.setattr(memory, "core_count", lambda wanted: wanted or 3)
    assert threads_in_memory(wanted, 200) == expected
