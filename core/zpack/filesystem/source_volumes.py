"""An archive in volumes, open for reading as if it were one file."""

import os
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from threading import Condition

from zpack.errors import ArchiveChanged, SourceMissing, VolumeMissing, VolumeWrong
from zpack.filesystem.patience import Patience
from zpack.filesystem.source_file import SourceFile
from zpack.filesystem.volume_names import (
    MOST_VOLUMES,
    split_volume_name,
    volume_base,
    volume_name,
    volumes_there,
)

_OPEN = 16


def open_source(path: str, patience: Patience | None = None) -> SourceFile:
    """The archive at ``path``; if that is a volume, with all others. Raises as its class does."""
    base = volume_base(path)
    return SourceFile(path, patience) if base is None else SourceVolumes(base, patience)


def missing_first(path: str) -> str | None:
    """The path of the first volume, if ``path`` has the name of a later one, but that is not there.
    It may still be a file of its own that is called like one."""
    split = split_volume_name(path)
    first = volume_name(split[0], 1) if split else path
    return None if os.path.lexists(first) else first


def archive_size(path: str) -> int:
    """The size of the archive at ``path`` in bytes, of all its volumes. Raises ``OSError``."""
    base = volume_base(path)
    paths = [path] if base is None else [volume_name(base, each) for each in volumes_there(base)]
    return sum(map(os.path.getsize, paths))


class SourceVolumes(SourceFile):
    """As a file: read in place, at most 16 volumes open at a time. ``volumes`` are their paths.

    All but the last must have the size of the first. Raises what a file does, and
    :class:`VolumeMissing` or :class:`VolumeWrong`, which name the volume.
    """

    def __init__(self, base: str, patience: Patience | None = None) -> None:
        numbers = volumes_there(base)[:MOST_VOLUMES]
        for expected, number in enumerate(numbers, start=1):
            if number != expected:
                raise VolumeMissing(volume_name(base, expected), volume_name(base, number))
        if not numbers:
            raise SourceMissing(volume_name(base, 1))
        self.volumes = tuple(volume_name(base, number) for number in numbers)
        self._changes = Condition()
        self._files: dict[int, SourceFile] = {}
        self._users: dict[int, int] = {}
        self._bytes_before = 0  # read by files that are closed
        self._volume_patience = patience
        super().__init__(self.volumes[0], patience)
        try:
            self._stats = [self._look(number) for number in range(len(self.volumes))]
            self._check_sizes()
        except BaseException:
            self.close()
            raise
        self._ends = list(accumulate(found.st_size for found in self._stats))
        self.size = self._ends[-1]
        if self._stats[-1].st_size == self._stats[0].st_size:
            self.next_volume = volume_name(base, len(self.volumes) + 1)

    def _look(self, number: int) -> os.stat_result:
        with self._file(number) as file:
            return file.found

    def _check_sizes(self) -> None:
        full = self._stats[0].st_size
        *before, last = self._stats
        for path, found in zip(self.volumes, before, strict=False):
            if found.st_size != full:
                raise VolumeWrong(path, found.st_size, full)
        if last.st_size > full or (not last.st_size and before):
            raise VolumeWrong(self.volumes[-1], last.st_size, full)

    @contextmanager
    def _file(self, number: int) -> Iterator[SourceFile]:
        """A volume, open as long as it is in use."""
        with self._changes:
            while number not in self._files and len(self._files) >= _OPEN:
                self._close_one()
            if number not in self._files:
                path = self.volumes[number]
                self._files[number] = SourceFile(path, self._volume_patience)
            self._users[number] = self._users.get(number, 0) + 1
            file = self._files[number]
        try:
            yield file
        finally:
            with self._changes:
                self._users[number] -= 1
                self._changes.notify_all()

    def _close_one(self) -> None:
        unused = next((number for number in self._files if not self._users.get(number)), None)
        if unused is None:
            self._changes.wait()
            return
        self._files.pop(unused).close()

    def pread(self, length: int, offset: int) -> bytes:
        """As a file's; also across volumes."""
        parts = []
        length = min(length, self.size - offset)
        while length > 0:
            number = bisect_right(self._ends, offset)
            start = self._ends[number - 1] if number else 0
            count = min(length, self._ends[number] - offset)
            with self._file(number) as file:
                if not os.path.samestat(file.found, self._stats[number]):
                    raise ArchiveChanged(file.path)
                data = file.pread(count, offset - start)
            parts.append(data)
            self.bytes_read += len(data)
            if len(data) < count:
                break
            length, offset = length - count, offset + count
        return parts[0] if len(parts) == 1 else b"".join(parts)

    @property
    def changed(self) -> bool:
        """Whether another program wrote to any volume since they were opened."""
        for number, before in enumerate(self._stats):
            try:
                now = os.stat(self.volumes[number])
            except OSError:
                return True
            was = before.st_dev, before.st_ino, before.st_size, before.st_mtime_ns
            if (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns) != was:
                return True
        return False

    def close(self) -> None:
        """Close all; again is harmless."""
        super().close()
        for file in self._files.values():
            file.close()
        self._files.clear()
