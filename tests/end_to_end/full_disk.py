"""zpack on a disk that is full after some bytes: for systems that let nobody mount a small one.

Usage: python full_disk.py BYTES ARGUMENT...
"""

import errno
import os
import stat
import sys

from zpack.cli.main import run

_write = os.write
_room = int(sys.argv.pop(1))


def write(fd: int, data: bytes) -> int:
    """As ``os.write``, as long as there is room."""
    global _room  # noqa: PLW0603 - what it stands in for has no state of ours
    if stat.S_ISREG(os.fstat(fd).st_mode):
        if len(data) > _room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        _room -= len(data)
    return _write(fd, data)


os.write = write
sys.exit(run())
