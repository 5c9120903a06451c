"""Reads the entries of a tar, as far as passages of its frames have them whole."""

from bisect import bisect_right
from collections.abc import Callable, Iterator

from zpack.codecs import FrameError, FrameStream
from zpack.entries import Attributes
from zpack.native.passages import Passage
from zpack.native.pieces import TarPieces
from zpack.records import record
from zpack.tar import BLOCK, END, BlockReader, EntryReader, Header, TarError, is_header

_MOST_FRESH_STARTS = 100_000
_PIECE = 1 << 20
_USTAR, _USTAR_AT = b"ustar", 257


@record
class WholeEntry:
    """All of an entry is there: ``length`` bytes of tar, headers and padding included, ``inside``
    bytes after the beginning of frame ``frame``. ``doubtful``: nothing shows that it is as it
    was, because a checksum is missing or wrong. ``link`` is the target of a link."""

    passage: Passage
    frame: int
    inside: int
    length: int
    path: bytes
    link: bytes
    kind: int
    size: int
    doubtful: bool


@record
class CutEntry:
    """Its header is there, but of its content only ``there`` bytes, which begin ``inside`` bytes
    after the beginning of frame ``frame``."""

    passage: Passage
    frame: int
    inside: int
    path: bytes
    attributes: Attributes
    there: int

    @property
    def size(self) -> int:
        """What it should have."""
        return self.attributes.size


class PassageReader:
    """Goes over one passage once. ``count`` is told how many bytes were decoded since it was called
    before, and may raise. ``cut`` are entries whose content is not all there, ``marked`` tells
    whether zpack made the archive. For one thread."""

    def __init__(self, passage: Passage, count: Callable[[int], None]) -> None:
        self._passage = passage
        self._count = count
        self.cut: list[CutEntry] = []
        self.marked = False

    def entries(self) -> Iterator[WholeEntry]:
        """Those that are whole, in order."""
        place: tuple[int, int] | None = (0, 0)
        if not self._passage.begins:
            place = self._from(0)
        for _ in range(_MOST_FRESH_STARTS):
            if place is None:
                return
            run = _Run(self._passage, *place, self._count)
            yield from run.entries()
            self.marked = self.marked or run.marked
            if run.cut is not None:
                self.cut.append(run.cut)
            if run.failed is not None:
                place = self._from(run.failed + 1)
            else:
                place = self._anywhere(*run.next_try) if run.next_try is not None else None

    def _from(self, frame: int) -> tuple[int, int] | None:
        """Where the next entry begins, from a frame on."""
        if frame >= len(self._passage.frames):
            return None
        return self._aligned(frame) or self._anywhere(frame, 0)

    def _aligned(self, first: int) -> tuple[int, int] | None:
        """Frames of our archives begin with an entry, or go on with a large file."""
        for frame in range(first, len(self._passage.frames)):
            self._count(0)
            block = _first_block(self._passage, frame)
            if len(block) == BLOCK and is_header(block) and block[:BLOCK] != bytes(BLOCK):
                return frame, 0
        return None

    def _anywhere(self, frame: int, inside: int) -> tuple[int, int] | None:
        """Where the next header stands, from there on."""
        while frame < len(self._passage.frames):
            try:
                return self._search(frame, inside)
            except FrameError as error:
                frame, inside = error.frame + 1, 0
        return None

    def _search(self, frame: int, inside: int) -> tuple[int, int] | None:
        """Raises ``FrameError`` at one that cannot be decoded."""
        stream = _open(self._passage, frame)
        kept, at = b"", 0
        buffer = memoryview(bytearray(_PIECE))
        while count := stream.readinto(buffer):
            self._count(count)
            data = kept + bytes(buffer[:count])
            found = _header_in(data, max(0, inside - at))
            if found >= 0:
                return _place(stream, frame, at + found)
            kept = data[-(2 * BLOCK) :]
            at += len(data) - len(kept)
        return None


class _Run:
    """Entries one after the other, until something does not fit: ``failed`` is the frame that
    cannot be decoded, ``next_try`` is where to look for the next entry if all can."""

    def __init__(
        self, passage: Passage, frame: int, inside: int, count: Callable[[int], None]
    ) -> None:
        self._passage = passage
        self._first = frame
        self._inside = inside
        self._count = count
        self._stream = _open(passage, frame)
        self.failed: int | None = None
        self._blocks = BlockReader(self._readinto)
        self.marked = False
        self.cut: CutEntry | None = None
        self.next_try: tuple[int, int] | None = None

    def _readinto(self, view: "memoryview[int]") -> int:
        try:
            count = self._stream.readinto(view)
        except FrameError as error:
            self.failed = error.frame
            return 0
        self._count(count)
        return count

    def entries(self) -> Iterator[WholeEntry]:
        """Each a little late: only what follows shows whether a frame's checksum is right."""
        reader, header, content = EntryReader(self._blocks), None, 0
        waiting: list[tuple[int, int, Header]] = []
        try:
            self._blocks.skip(self._inside)
            while (header := reader.next()) is not None:
                content = self._blocks.position
                self._blocks.skip(header.stored)
                reader.finish(header)
                waiting.append((header.position, self._blocks.position, header))
                header = None
                while waiting and waiting[0][1] <= self._checked_to():
                    yield self._entry(*waiting.pop(0), doubtful=False)
            self._pass_over_the_end()
            ended = self.failed is None and self.next_try is None
            checked = self._stream.position if ended else self._checked_to()
        except TarError:
            checked = self._checked_to()
            if header is not None:
                there = min(header.stored, self._blocks.position - content)
                frame, inside = _place(self._stream, self._first, content)
                path, attributes = header.path, header.attributes
                self.cut = CutEntry(self._passage, frame, inside, path, attributes, there)
            elif self.failed is None:
                self.next_try = _place(self._stream, self._first, self._blocks.position)
        self.marked = reader.marked
        for each in waiting:
            yield self._entry(*each, doubtful=each[1] > checked)

    def _pass_over_the_end(self) -> None:
        """Zeros, if this is the end of the tar, or what damage made zeros, and more entries."""
        while not self._blocks.at_end():
            at = self._blocks.position
            piece = bytes(self._blocks.some(_PIECE))
            if piece.count(0) != len(piece):
                self.next_try = _place(self._stream, self._first, at)
                return

    def _checked_to(self) -> int:
        """The position up to which the checksums of frames were looked at, and are right."""
        return self._stream.starts[-1] if self._stream.starts else 0

    def _entry(self, start: int, end: int, header: Header, *, doubtful: bool) -> WholeEntry:
        frame, inside = _place(self._stream, self._first, start)
        last, _ = _place(self._stream, self._first, end - 1)
        doubtful = doubtful or 0 in self._passage.checked[frame : last + 1]
        return WholeEntry(
            self._passage,
            frame,
            inside,
            end - start,
            header.path,
            header.link,
            header.attributes.kind,
            header.attributes.size,
            doubtful,
        )


def _open(passage: Passage, frame: int) -> FrameStream:
    frames = passage.frames
    return FrameStream(passage.copy.pread, frames, frame, len(frames), check_stored=False)


def _place(stream: FrameStream, first: int, position: int) -> tuple[int, int]:
    number = max(0, bisect_right(stream.starts, position) - 1)
    start = stream.starts[number] if stream.starts else 0
    return first + number, position - start


def _first_block(passage: Passage, frame: int) -> bytes:
    frames = passage.frames
    stream = FrameStream(passage.copy.pread, frames, frame, frame + 1, check_stored=False)
    buffer, filled = memoryview(bytearray(BLOCK)), 0
    try:
        while filled < BLOCK and (count := stream.readinto(buffer[filled:])):
            filled += count
    except FrameError:
        pass
    return bytes(buffer[:filled])


def _header_in(data: bytes, start: int) -> int:
    """Where in ``data`` a header block begins, at ``start`` at the soonest; -1 if none does."""
    at = data.find(_USTAR, start + _USTAR_AT)
    while at >= 0:
        begin = at - _USTAR_AT
        if begin + BLOCK > len(data):
            return -1
        if is_header(data[begin : begin + BLOCK]):
            return begin
        at = data.find(_USTAR, at + 1)
    return -1


def entries_as_tar(name: str, entries: list[WholeEntry]) -> TarPieces:
    """Entries as one tar, to be read from front to end by one thread. Reading it raises
    ``FrameError`` if they cannot be read any more."""
    return TarPieces(name, _all(entries))


def _all(entries: list[WholeEntry]) -> Iterator[bytes]:
    source = _Source()
    for entry in entries:
        yield from source.read(entry)
    yield END


class _Source:
    """One passage open at a time: entries that follow one another are read in one go."""

    def __init__(self) -> None:
        self._passage: Passage | None = None
        self._stream: FrameStream | None = None
        self._frame = 0

    def read(self, entry: WholeEntry) -> Iterator[bytes]:
        yield from _take(self._at(entry), entry.frame, entry.length)

    def _at(self, entry: WholeEntry) -> FrameStream:
        """The stream, at the beginning of an entry."""
        stream = self._stream
        if stream is not None and entry.passage is self._passage:
            frame, inside = _place(stream, self._frame, stream.position)
            if frame == entry.frame and inside <= entry.inside:
                _skip(stream, entry.inside - inside)
                return stream
        stream = _open(entry.passage, entry.frame)
        self._passage, self._stream, self._frame = entry.passage, stream, entry.frame
        _skip(stream, entry.inside)
        return stream


def read_cut(entry: CutEntry) -> Iterator[bytes]:
    """What is there of a file that is cut off. Raises ``FrameError`` if that has changed."""
    stream = _open(entry.passage, entry.frame)
    _skip(stream, entry.inside)
    yield from _take(stream, entry.frame, entry.there)


def _take(stream: FrameStream, frame: int, length: int) -> Iterator[bytes]:
    """The next bytes of what begins in ``frame``, all of which were there before."""
    while length:
        buffer = memoryview(bytearray(min(_PIECE, length)))
        count = stream.readinto(buffer)
        if not count:
            raise FrameError(frame, "a frame ends before it did")
        yield bytes(buffer[:count])
        length -= count


def _skip(stream: FrameStream, count: int) -> None:
    while count:
        buffer = memoryview(bytearray(min(_PIECE, count)))
        read = stream.readinto(buffer)
        if not read:
            return
        count -= read
