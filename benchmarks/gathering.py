"""Takes files from the machine, the same ones in the same order each time."""

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

NO_LIMIT = 1 << 62


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a corpus: files below ``root`` in the order of their paths, as many as the limits
    allow. ``suffixes``: only names that end so. ``largest``: larger files are left out."""

    root: Path
    files: int = NO_LIMIT
    bytes: int = NO_LIMIT
    suffixes: tuple[str, ...] = ()
    largest: int = NO_LIMIT

    def scaled(self, factor: float) -> "Share":
        """The same with limits of ``factor`` times as much."""
        files = max(1, int(self.files * factor))
        size = max(1, int(self.bytes * factor))
        return Share(self.root, files, size, self.suffixes, self.largest)


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the machine. ``name`` is its path relative to the share's root."""

    path: Path
    name: str
    size: int


def find_files(share: Share) -> Iterator[Found]:
    """What a share takes; nothing where the root is missing."""
    left_files, left_bytes = share.files, share.bytes
    for path, size in _regular_files(share.root):
        if size > min(share.largest, left_bytes) or not path.name.endswith(share.suffixes or ""):
            continue
        if not left_files:
            return
        left_files, left_bytes = left_files - 1, left_bytes - size
        yield Found(path, str(path.relative_to(share.root)), size)


def _regular_files(root: Path) -> Iterator[tuple[Path, int]]:
    """Files that can be read, links left out, in the order of their paths."""
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = Path(place, name)
            found = path.lstat()
            if stat.S_ISREG(found.st_mode) and os.access(path, os.R_OK):
                yield path, found.st_size


def copy_shares(shares: Iterable[Share], target: Path) -> None:
    """Copy what the shares take to ``target``, each below a folder named after its root."""
    for share in shares:
        below = target / str(share.root).strip("/").replace("/", "-")
        for found in find_files(share):
            copy = below / found.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(found.path, copy)
        _copy_folder_times(share.root, below)


def _copy_folder_times(origin: Path, copy: Path) -> None:
    """Made just now, a folder would have a time with nanoseconds, which costs an extra header."""
    for place, _, _ in os.walk(copy, topdown=False):
        shutil.copystat(origin / Path(place).relative_to(copy), place)


def join_files(shares: Iterable[Share], target: Path, size: int) -> None:
    """One file of ``size`` bytes, or less if there is no more."""
    with target.open("wb") as joined:
        for found in (found for share in shares for found in find_files(share)):
            left = size - joined.tell()
            if not left:
                break
            joined.write(found.path.read_bytes()[:left])
