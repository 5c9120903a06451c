"""How much memory this process may use."""

import os
import resource

from zpack.jobs.cgroup import memory_quota
from zpack.jobs.cores import core_count


def memory_limit() -> int | None:
    """Bytes: the least of what the machine has, what a container leaves of it, and what the process
    may map; None where the system does not tell."""
    known = [_physical(), memory_quota(), _address_space()]
    return min((limit for limit in known if limit is not None), default=None)


def threads_in_memory(wanted: int, each: int) -> int:
    """As ``core_count``; but where nobody asked for a number, no more than take half of the memory
    with ``each`` bytes apiece."""
    threads, limit = core_count(wanted), memory_limit()
    if wanted or limit is None:
        return threads
    return max(1, min(threads, limit // 2 // each))


def _physical() -> int | None:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return None


def _address_space() -> int | None:
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if limit == resource.RLIM_INFINITY else limit
