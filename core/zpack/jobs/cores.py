"""How many cores this process may use."""

import math
import os

from zpack.jobs.cgroup import core_quota


def core_count(wanted: int = 0) -> int:
    """``wanted`` threads, or for 0 one for each core that the process may run on, and no more than
    its time on them is limited to (as in containers)."""
    if wanted > 0:
        return wanted
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux tells
        cores = os.cpu_count() or 1
    quota = core_quota()
    return cores if quota is None else max(1, min(cores, math.ceil(quota)))
