"""Reads a file of which the end is at hand."""

from zpack.errors import ReadFailed
from zpack.filesystem import SourceFile
from zpack.native.layout import LayoutError

_AHEAD = 64 << 10  # one read gets locator, seek table and the index of a small archive


class FileEnd:
    """Reads from a file of which the last ``ahead`` bytes are at hand."""

    def __init__(self, source: SourceFile, ahead: int = _AHEAD) -> None:
        self._source = source
        self.size = source.size
        self._start = max(0, source.size - ahead)
        try:
            self._data = source.pread(source.size - self._start, self._start)
        except ReadFailed:  # a bad spot, perhaps in what is not even wanted
            self._start, self._data = self.size, b""

    def read(self, offset: int, length: int) -> bytes:
        """Exactly ``length`` bytes. Raises :class:`LayoutError` if they are not in the file."""
        if offset < 0 or length < 0 or offset + length > self.size:
            raise LayoutError("a section lies outside of the file")
        if offset >= self._start:
            return self._data[offset - self._start : offset - self._start + length]
        try:
            data = self._source.pread(length, offset)
        except ReadFailed as error:
            raise LayoutError("the disk cannot read what follows the files") from error
        if len(data) != length:
            raise LayoutError("the file was cut while it was read")
        return data
