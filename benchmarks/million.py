"""A tree of a million entries, whose archive is for listing.

The files are real but empty: made on a memory disk in some ten seconds, about a kilobyte of kernel
memory each. Their names and times are like those of a photo collection, a thousand to a folder.
zpack itself makes the archive of them; the tar inside is half a gigabyte of headers.
"""

import os
from pathlib import Path

ENTRIES = 1_000_000
_PER_FOLDER = 1000
_FIRST_TIME = 1_500_000_000


def make_entries(target: Path, count: int) -> int:
    """A tree of ``count`` entries, folders included, below ``target``; how many they are."""
    target.mkdir(parents=True)
    made = 0
    while made < count:
        folder = target / f"{2000 + made // _PER_FOLDER // 50}" / f"album-{made // _PER_FOLDER:05}"
        made += len(_missing_parents(folder, target))
        folder.mkdir(parents=True, exist_ok=True)
        made = _fill(folder, made, min(count, made + _PER_FOLDER))
    return made


def _missing_parents(folder: Path, target: Path) -> list[Path]:
    below = folder.relative_to(target)
    return [part for part in (below, *below.parents) if part.name and not (target / part).exists()]


def _fill(folder: Path, first: int, end: int) -> int:
    """Files of the numbers ``first`` to ``end``; returns the next number."""
    for number in range(first, end):
        path = os.path.join(folder, f"IMG_{number:07}.{('jpg', 'xmp', 'raw')[number % 3]}")
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
        seconds = _FIRST_TIME + number * 61
        os.utime(path, (seconds, seconds))
    return max(first, end)
