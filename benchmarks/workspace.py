"""Where the benchmarks work: a folder of their own, on a memory disk if there is room."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY_DISK = Path("/dev/shm")
ROOM = 5 << 30  # at size 1: the largest corpus, archives of it, and one extraction


@contextmanager
def open_workspace(place: Path | None, room: int = ROOM) -> Iterator[Path]:
    """A new folder, which is gone in the end."""
    folder = Path(tempfile.mkdtemp(prefix="zpack-bench-", dir=place or _roomiest(room)))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _roomiest(room: int) -> Path:
    if MEMORY_DISK.is_dir() and os.access(MEMORY_DISK, os.W_OK):
        if shutil.disk_usage(MEMORY_DISK).free >= room:
            return MEMORY_DISK
        print(f"{MEMORY_DISK} has less than {room / 1e9:.1f} GB of room.")
    print("No memory disk: the file system's speed is measured, too.")
    return Path(tempfile.gettempdir())


def empty(folder: Path) -> None:
    """Make ``folder`` anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
