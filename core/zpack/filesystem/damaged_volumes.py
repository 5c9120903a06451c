"""An archive in volumes of which some are missing or have the wrong size, to be repaired."""

import os

from zpack.errors import VolumeMissing, VolumeWrong
from zpack.filesystem.patience import Patience
from zpack.filesystem.source_file import SourceFile
from zpack.filesystem.source_volumes import open_source
from zpack.filesystem.volume_names import (
    MOST_VOLUMES,
    split_volume_name,
    volume_name,
    volumes_there,
)

_FEWEST = 2  # one file alone may be called like a volume and be none


class DamagedVolumes(SourceFile):
    """As one file, with zeros for what is missing. All volumes but the last are taken to be as
    large as the largest. Raises as a file does."""

    def __init__(self, base: str, patience: Patience | None = None) -> None:
        self._base = base
        self._numbers = volumes_there(base)[:MOST_VOLUMES]
        self.volumes = tuple(volume_name(base, number) for number in self._numbers)
        self._volume_patience = patience
        super().__init__(self.volumes[0], patience)
        sizes = [os.stat(path).st_size for path in self.volumes]
        self._full = max(1, *sizes)
        self.size = (self._numbers[-1] - 1) * self._full + sizes[-1]

    def pread(self, length: int, offset: int) -> bytes:
        """As a file's."""
        parts = []
        length = min(length, self.size - offset)
        while length > 0:
            number, inside = divmod(offset, self._full)
            count = min(length, self._full - inside)
            piece = self._read_volume(number + 1, count, inside)
            parts.append(piece + bytes(count - len(piece)))
            length, offset = length - count, offset + count
        data = b"".join(parts)
        self.bytes_read += len(data)
        return data

    def _read_volume(self, number: int, length: int, offset: int) -> bytes:
        if number not in self._numbers:
            return b""
        with SourceFile(volume_name(self._base, number), self._volume_patience) as file:
            return file.pread(length, offset)


def open_damaged_source(path: str, patience: Patience | None = None) -> SourceFile:
    """As ``open_source``, also if volumes are missing or have the wrong size."""
    split = split_volume_name(path)
    try:
        if split is None or os.path.lexists(volume_name(split[0], 1)):
            return open_source(path, patience)
    except (VolumeMissing, VolumeWrong):
        assert split is not None
        return DamagedVolumes(split[0], patience)
    if len(volumes_there(split[0])) >= _FEWEST:
        return DamagedVolumes(split[0], patience)
    return open_source(path, patience)
