"""Reads the entries of a run, and compares each header with the index."""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from zpack.codecs import FrameError, FrameStream
from zpack.entries import NODES, Attributes, Kind, Paths
from zpack.jobs import Turn
from zpack.native.archive import Archive
from zpack.native.frame_hash import check_stored
from zpack.native.plain_reader import PlainReader
from zpack.native.reading import frame_reader
from zpack.native.runs import Run
from zpack.tar import END, MARKER, BlockReader, EntryReader, Header, TarError, encode_entry

_PIECE = 1 << 20
_HOLE = memoryview(bytes(_PIECE))
_LINKS = (Kind.HARD_LINK, Kind.SYMLINK)
_WRITTEN = (Kind.FILE, Kind.DIRECTORY, *_LINKS, *NODES)


class Mismatch(ValueError):
    """An entry is not what the index says; those after it can still be read."""


class RunReader:
    """Goes from row to row: ``entry(row)``, then all of ``content(header)``, for the run's rows in
    order; then ``finish``. For one thread.

    With ``whole`` all rows of the run are read, so anything between them is damage. Besides
    :class:`Mismatch` everything raises ``FrameError`` or ``TarError`` where the run cannot be read
    any further. ``buffer`` is as ``run_buffer`` makes it; one reader at a time uses it. The thread
    holds ``turn``, which is let go of while frames are decoded.
    """

    def __init__(
        self, archive: Archive, run: Run, buffer: "memoryview[int]", turn: Turn, *, whole: bool
    ) -> None:
        self._archive = archive
        self._run = run
        self._turn = turn
        self._whole = whole
        self._lost = False  # after a mismatch the next entry's place is only the index's word
        self._stream = FrameStream(
            frame_reader(archive.source, archive.frames),
            archive.frames,
            run.first,
            run.last,
            check_stored=whole,
        )
        self._blocks = BlockReader(self._readinto, buffer)
        self._entries = EntryReader(self._blocks)
        self._paths = Paths(archive.listing)
        self._base = 0
        self._base_frame = run.first
        self._stored: dict[int, bool] = {}  # whether a frame is as it was written, if asked
        if archive.tail is not None and run.first == 0:
            self._take_marker()

    def _readinto(self, view: "memoryview[int]") -> int:
        with self._turn.aside:
            return self._stream.readinto(view)

    def _take_marker(self) -> None:
        if bytes(self._blocks.take(len(MARKER))) != MARKER:
            raise TarError("the mark at the beginning is missing")

    def entry(self, row: int) -> Header:
        """The header of a row's entry, compared with the index."""
        if self._archive.one_run:
            return self._walk_to(self._position(row))
        gap = self._position(row) - self._blocks.position
        if gap < 0:
            raise Mismatch("it overlaps the entry before it")
        if gap and self._whole and self._archive.tail is not None and not self._lost:
            self._lost = True
            raise Mismatch("something that the index does not list stands before it")
        if gap:
            self._blocks.skip(gap)
        self._lost = True
        header = self._expected(row) or self._read(row)
        holes = header.attributes.holes
        if holes is not None and not holes.fit(header.attributes.size):
            raise Mismatch("its holes do not fit in it")
        self._lost = False
        return header

    def _walk_to(self, position: int) -> Header:
        """The header there, in a tar whose global headers hold for the entries that follow them: so
        none is passed over unread."""
        while (header := self._entries.next()) is not None and header.position < position:
            self._blocks.skip(header.stored)
            self._entries.finish(header)
        if header is None or header.position != position:
            raise Mismatch("the archive is not as it was when it was listed")
        return header

    def _expected(self, row: int) -> Header | None:
        """The header, if it is byte for byte as zpack writes it: several times as quick to tell as
        what it says. None if it has to be read."""
        listing = self._archive.listing
        kind = listing.kind[row]
        if self._archive.tail is None or kind not in _WRITTEN:
            return None
        path = self._paths.path(row)
        link = listing.link(row) or b"" if kind in _LINKS else b""
        attributes = listing.attributes(row)
        if attributes.holes is not None and attributes.holes.packed:
            return None  # the map has to be read
        position = self._blocks.position
        if not self._blocks.take_if(encode_entry(path, attributes, link)):
            return None
        return Header(path, attributes, link, position, attributes.size)

    def _read(self, row: int) -> Header:
        header = self._next()
        if self._is_prelude(row, header):
            header = self._next()
        self._compare(row, header)
        return header

    def _next(self) -> Header:
        start = self._blocks.position
        header = self._entries.next()
        if header is None:
            raise Mismatch("the archive ends before it")
        if header.position != start:
            raise Mismatch("something that the index does not list stands before it")
        return header

    def _is_prelude(self, row: int, header: Header) -> bool:
        """Whether this is the copy of its folder's entry that a link may have before it."""
        listing = self._archive.listing
        if self._archive.tail is None or listing.kind[row] != Kind.SYMLINK:
            return False
        folder = listing.parent[row]
        same = _comparable(header.attributes) == _comparable(listing.attributes(folder))
        return same and listing.has_entry(folder) and header.path == listing.path(folder)

    def _position(self, row: int) -> int:
        """Where in the run's content the row's entry begins."""
        frame = self._archive.listing.frame[row]
        sizes = self._archive.frames.dsize
        while self._base_frame < frame:
            self._base += sizes[self._base_frame]
            self._base_frame += 1
        return self._base + self._archive.listing.offset[row]

    def _compare(self, row: int, header: Header) -> None:
        listing = self._archive.listing
        if self._archive.tail is None:
            return  # the listing was made of these very headers
        if header.sparse:
            raise Mismatch("its header is of a form that zpack does not write")
        if header.path != listing.path(row):
            raise Mismatch("the index has it under another name")
        if (header.link or None) != listing.link(row):
            raise Mismatch("the index names another link target")
        expected = listing.attributes(row)
        if _comparable(header.attributes) != _comparable(expected):
            raise Mismatch("its header says something else than the index")
        header.attributes.holes = expected.holes  # only the index tells of those with zeros

    def content_at_once(self, header: Header) -> "memoryview[int] | None":
        """All of the entry's content, good until the next call, if it is at hand and no more than a
        piece; or None: then :meth:`content` gives it."""
        if header.stored > _PIECE or header.attributes.holes is not None:
            return None
        return self._blocks.take_padded(header.stored)

    def content(self, header: Header) -> "Iterator[memoryview[int]]":
        """The entry's content, holes as zeros, piece by piece; a piece is good until the next
        one."""
        at = 0
        for start, piece in self.stretches(header):
            yield from _zeros(start - at)
            yield piece
            at = start + len(piece)
        yield from _zeros(header.attributes.size - at)

    def stretches(self, header: Header) -> "Iterator[tuple[int, memoryview[int]]]":
        """The stored content, piece by piece, each with its offset in the file: without the holes
        of a file in sparse form, of which there may be any number of bytes."""
        holes = header.attributes.holes
        packed = holes is not None and holes.packed
        data = holes.data(header.attributes.size) if holes and packed else [(0, header.stored)]
        for start, length in data:
            at, end = start, start + length
            while at < end:
                piece = self._blocks.some(min(end - at, _PIECE))
                yield at, piece
                at += len(piece)
        self._entries.finish(header)

    def pass_over(self, header: Header, check: Callable[[], None]) -> None:
        """Read on past the entry's content; ``check`` is called now and then and may raise."""
        for _ in self.stretches(header):
            check()

    @property
    def position(self) -> int:
        """How much of the run's content has been read."""
        return self._blocks.position

    def beginning(self, length: int) -> "Iterator[memoryview[int]]":
        """In place of :meth:`content`: the rest of a run of one frame, in which the file of a
        larger one begins. ``length`` is what is left of the frame."""
        while length:
            piece = self._blocks.some(min(length, _PIECE))
            length -= len(piece)
            yield piece
        if not self._blocks.at_end():  # which also makes the frame's checksum be looked at
            raise TarError("a frame is longer than the index says")

    def is_doubtful(self) -> bool:
        """After an entry's content, where no digest vouches for it: whether it reaches into a frame
        that is known to be damaged, or is not as it was written."""
        frames = self._archive.frames
        reached = bisect_left(self._stream.starts, self._blocks.position)
        last = self._run.first + max(1, reached)
        if frames.xxh3 is None:
            return self._archive.bad_frame < last
        return not all(map(self._is_as_written, range(self._run.first, last)))

    def _is_as_written(self, frame: int) -> bool:
        if frame not in self._stored:
            read = frame_reader(self._archive.source, self._archive.frames)
            try:
                with self._turn.aside:
                    check_stored(read, self._archive.frames, frame, lambda _: None)
            except FrameError:
                self._stored[frame] = False
            else:
                self._stored[frame] = True
        return self._stored[frame]

    def finish(self) -> None:
        """After the last row: what follows in the run must be as it should."""
        if not self._whole:
            return
        if self._archive.tail is None:
            while not self._blocks.at_end():
                self._blocks.some(_PIECE)
        elif self._run.last == len(self._archive.frames):
            if bytes(self._blocks.take(len(END))) != END or not self._blocks.at_end():
                raise TarError("the end of the archive is not as it should be")
        elif not self._blocks.at_end() and not self._lost:
            raise TarError("something that the index does not list follows")

    def drain_frame(self) -> None:
        """Read on to the end of the frame, so that its checksum is looked at."""
        starts, at = self._stream.starts, self._blocks.position
        frame = max(0, bisect_left(starts, at) - 1)
        self._blocks.skip(starts[frame] + self._archive.frames.dsize[self._run.first + frame] - at)
        self._blocks.at_end()


Reader = RunReader | PlainReader


def read_run(
    archive: Archive, run: Run, buffer: "memoryview[int]", turn: Turn, *, whole: bool
) -> Reader:
    """A reader of a run of any archive: see :class:`RunReader`."""
    if archive.plain:
        return PlainReader(archive, buffer, turn)
    return RunReader(archive, run, buffer, turn, whole=whole)


def _comparable(attributes: Attributes) -> tuple[object, ...]:
    size = attributes.size if attributes.kind == Kind.FILE else 0
    return (
        attributes.kind,
        attributes.mode,
        size,
        attributes.mtime,
        attributes.mtime_ns,
        attributes.owner,
        attributes.extras,
        attributes.device,
        attributes.holes if attributes.holes is not None and attributes.holes.packed else None,
    )


def _zeros(length: int) -> "Iterator[memoryview[int]]":
    while length > 0:
        yield _HOLE[:length]
        length -= len(_HOLE)
