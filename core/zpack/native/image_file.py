"""An archive that stands in no file as it was, to be read as if it did."""

from collections.abc import Callable, Sequence

from zpack.codecs import FrameTable
from zpack.filesystem import SourceFile
from zpack.native.file_end import FileEnd
from zpack.native.locator import Locator
from zpack.records import mutable_record


class ImageFile(SourceFile):
    """Reads by ``read(length, offset)`` in place of a file's own; all else is that of ``like``,
    which stands for it in messages. For one thread at a time unless ``read`` is for more.

    Raises as a file does.
    """

    def __init__(self, like: SourceFile, size: int, read: Callable[[int, int], bytes]) -> None:
        super().__init__(like.volumes[0] if like.volumes else like.path)
        self.path = like.path
        self.size = size
        self._image = read

    def pread(self, length: int, offset: int) -> bytes:
        """As a file's."""
        length = min(length, self.size - offset)
        data = self._image(length, offset) if length > 0 else b""
        self.bytes_read += len(data)
        return data


@mutable_record
class ImageEnd:
    """What follows the locator of an image: nothing, so nothing there can be wrong."""

    locator_at: int

    def check(self, frames: FrameTable, locator: Locator) -> None:
        """As that of a file."""

    def check_whole(
        self, end: FileEnd, frames: FrameTable, locator: Locator, trailing: Sequence[int]
    ) -> None:
        """As that of a file."""
