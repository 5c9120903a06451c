"""How many files this process may hold open."""

import contextlib
import resource

_ENOUGH = 16_384
_OTHERS = 128  # archives, pipes, what else the program needs
_MOST_FOLDERS = 4_096
_FEWEST_FOLDERS = 16


def allow_many_open_files() -> None:
    """Raise this process's own limit as far as it may. For programs, not for libraries."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _ENOUGH if hard == resource.RLIM_INFINITY else min(_ENOUGH, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def open_folder_allowance(sharers: int) -> int:
    """How many folders each of some threads may keep open."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = _ENOUGH if soft == resource.RLIM_INFINITY else soft - _OTHERS
    return max(_FEWEST_FOLDERS, min(_MOST_FOLDERS, room // max(1, sharers)))
