"""What a container or a service manager leaves of the machine to this process (Linux)."""

import os
from collections.abc import Iterator

_ROOT = "/sys/fs/cgroup"
_OURS = "/proc/self/cgroup"
_UNLIMITED = 1 << 60  # version 1 tells "no limit" by a huge number


def core_quota(root: str = _ROOT, ours: str = _OURS) -> float | None:
    """How many cores' time may be used; None without a limit. Raises nothing."""
    quotas = []
    for folder in _folders("cpu", root, ours):
        words = _read(folder, "cpu.max").split()
        if len(words) != 2:
            words = [_read(folder, f"cpu.cfs_{name}_us").strip() for name in ("quota", "period")]
        quota, period = (_number(word) for word in words)
        if quota is not None and quota > 0 and period:
            quotas.append(quota / period)
    return min(quotas, default=None)


def memory_quota(root: str = _ROOT, ours: str = _OURS) -> int | None:
    """How many bytes of memory may be used; None without a limit. Raises nothing."""
    limits = []
    for folder in _folders("memory", root, ours):
        for name in ("memory.max", "memory.limit_in_bytes"):
            limit = _number(_read(folder, name).strip())
            if limit is not None and 0 < limit < _UNLIMITED:
                limits.append(limit)
    return min(limits, default=None)


def _folders(controller: str, root: str, ours: str) -> Iterator[str]:
    """The group's folder and those above it, whose limits hold, too. In a container the path of
    the group may be the host's; what is mounted is then the group itself."""
    for line in _read(*os.path.split(ours)).splitlines():
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if number == "0" and not controllers:
            base = root
        elif controller in controllers.split(","):
            base = os.path.join(root, controller)
        else:
            continue
        parts = [part for part in path.split("/") if part not in ("", "..")]
        for length in range(len(parts), -1, -1):
            yield os.path.join(base, *parts[:length])


def _read(folder: str, name: str) -> str:
    try:
        with open(os.path.join(folder, name), encoding="ascii", errors="replace") as file:
            return file.read(1 << 16)
    except OSError:
        return ""


def _number(word: str) -> int | None:
    return int(word) if word.lstrip("-").isdecimal() else None
