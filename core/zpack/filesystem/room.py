"""How much room a disk has."""

import contextlib
import fcntl
import os

_FICLONE = 0x40049409
_TEMPORARY = getattr(os, "O_TMPFILE", 0)


def free_bytes(folder: str) -> int | None:
    """What this user may still write there, or None if the system doesn't tell."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return None
    return found.f_bavail * found.f_frsize


def shares_blocks(folder: str) -> bool:
    """Whether files there can share what they have in common, so that copies take no room."""
    if not _TEMPORARY:
        return False
    with contextlib.suppress(OSError), contextlib.ExitStack() as opened:
        one, other = (os.open(folder, os.O_RDWR | _TEMPORARY, 0o600) for _ in range(2))
        opened.callback(os.close, one)
        opened.callback(os.close, other)
        fcntl.ioctl(one, _FICLONE, other)
        return True
    return False
