"""How many cores this process may use."""

import os


def core_count(wanted: int = 0) -> int:
    """``wanted`` threads, or for 0 one for each core that the process may run on."""
    if wanted > 0:
        return wanted
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux tells
        return os.cpu_count() or 1
