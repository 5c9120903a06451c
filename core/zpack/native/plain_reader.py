"""Reads the one entry of a compressed file without a tar."""

from collections.abc import Callable, Iterator

from zpack.codecs import FrameStream
from zpack.jobs import Turn
from zpack.native.archive import Archive
from zpack.native.reading import frame_reader
from zpack.tar import Header, TarError


class PlainReader:
    """Is used as a ``RunReader`` is, and raises what that does. For one thread."""

    def __init__(self, archive: Archive, buffer: "memoryview[int]", turn: Turn) -> None:
        self._archive = archive
        self._buffer = buffer
        self._turn = turn
        self._given = 0
        frames = archive.frames
        self._stream = FrameStream(
            frame_reader(archive.source, frames), frames, 0, len(frames), check_stored=False
        )

    def entry(self, row: int) -> Header:
        """What the listing says of it; there is no header to compare that with."""
        attributes = self._archive.listing.attributes(row)
        return Header(self._archive.listing.path(row), attributes, b"", 0, attributes.size)

    def content_at_once(self, header: Header) -> "memoryview[int] | None":
        """It always goes piece by piece."""
        del header
        return None

    def content(self, header: Header) -> "Iterator[memoryview[int]]":
        """All of it, until every frame's checksum was looked at."""
        for _, piece in self.stretches(header):
            yield piece

    def stretches(self, header: Header) -> "Iterator[tuple[int, memoryview[int]]]":
        """The same, with each piece's offset in the file."""
        at = 0
        while count := self._read():
            if at + count > header.stored:
                break
            yield at, self._buffer[:count]
            at = self._given = at + count
        if at != header.stored or count:
            raise TarError("its content has another size than before", 0)

    def pass_over(self, header: Header, check: Callable[[], None]) -> None:
        """Read on past the content; ``check`` is called now and then and may raise."""
        for _ in self.stretches(header):
            check()

    @property
    def position(self) -> int:
        """How much of the content has been given."""
        return self._given

    def _read(self) -> int:
        with self._turn.aside:
            return self._stream.readinto(self._buffer)

    def is_doubtful(self) -> bool:
        """Whatever is wrong with a frame ended its content."""
        return False

    def finish(self) -> None:
        """Nothing follows."""

    def drain_frame(self) -> None:
        """Its frames were read to their ends."""
