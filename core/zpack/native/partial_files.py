"""What is left of files that are not whole."""

from collections.abc import Callable, Iterable, Iterator

from zpack.codecs import FrameError, FrameStream
from zpack.entries import Attributes, Kind
from zpack.native.archive import Archive
from zpack.native.passage_reader import CutEntry, read_cut
from zpack.native.pieces import TarPieces
from zpack.native.reading import frame_reader
from zpack.native.salvage import DamagedImage, Salvage
from zpack.records import record, replace
from zpack.tar import END, encode_entry, padding

_PIECE = 1 << 20
_ZEROS = bytes(_PIECE)


@record
class PartialFile:
    """``there`` bytes of it are what they were, or may be; where the others were, ``pieces`` has
    zeros, or it ends."""

    path: bytes
    attributes: Attributes
    there: int
    pieces: Callable[[], Iterator[bytes]]


def partial_files(
    image: DamagedImage, salvage: Salvage, check: Callable[[], None]
) -> Iterator[PartialFile]:
    """Of the files that are lost, those of which anything can be decoded: as large as they were,
    with zeros for what is gone."""
    reader = _Reader(image, check)
    listing = image.archive.listing
    for row in sorted(salvage.lost):
        attributes = listing.attributes(row)
        packed = attributes.holes is not None and attributes.holes.packed
        if listing.kind[row] != Kind.FILE or packed or not attributes.size:
            continue
        there = sum(len(piece) for piece, real in reader.content(row) if real)
        if there:
            yield PartialFile(listing.path(row), attributes, there, _pieces(reader, row))


def _pieces(reader: "_Reader", row: int) -> Callable[[], Iterator[bytes]]:
    return lambda: (piece for piece, _ in reader.content(row))


def cut_files(cut: Iterable[CutEntry]) -> Iterator[PartialFile]:
    """Of files that are cut off, the beginnings."""
    for entry in cut:
        if entry.there and entry.attributes.kind == Kind.FILE:
            yield PartialFile(
                entry.path,
                replace(entry.attributes, size=entry.there, holes=None),
                entry.there,
                _cut_pieces(entry),
            )


def _cut_pieces(entry: CutEntry) -> Callable[[], Iterator[bytes]]:
    return lambda: read_cut(entry)


class _Reader:
    """Reads files of a damaged image frame by frame. For one thread."""

    def __init__(self, image: DamagedImage, check: Callable[[], None]) -> None:
        self._archive: Archive = image.archive
        self._image = image
        self._check = check
        self._reach: dict[int, int] = {}

    def content(self, row: int) -> Iterator[tuple[bytes, bool]]:
        """The file's content in pieces, and whether each is there or only fills its place."""
        listing, sizes = self._archive.listing, self._archive.frames.dsize
        attributes, frame = listing.attributes(row), listing.frame[row]
        header = len(encode_entry(listing.path(row), attributes))
        start, left = listing.offset[row] + header, attributes.size
        while left and frame < len(sizes):
            if start >= sizes[frame]:  # the header alone filled it
                start, frame = start - sizes[frame], frame + 1
                continue
            count = min(left, sizes[frame] - start)
            yield from self._part(frame, start, count)
            left, start, frame = left - count, 0, frame + 1

    def _part(self, frame: int, start: int, count: int) -> Iterator[tuple[bytes, bool]]:
        there = max(0, min(count, self._reach_of(frame) - start))
        if there:
            yield from ((piece, True) for piece in self._decode(frame, start, there))
        for at in range(there, count, _PIECE):
            yield _ZEROS[: min(_PIECE, count - at)], False

    def _reach_of(self, frame: int) -> int:
        """How much of a frame's content can be decoded."""
        if self._image.found.has(frame):
            return self._archive.frames.dsize[frame]
        if frame not in self._reach:
            self._reach[frame] = sum(map(len, self._decode(frame, 0, self._size(frame))))
        return self._reach[frame]

    def _size(self, frame: int) -> int:
        return self._archive.frames.dsize[frame]

    def _decode(self, frame: int, start: int, count: int) -> Iterator[bytes]:
        """A part of a frame's content, as far as it goes."""
        frames, source = self._archive.frames, self._archive.source
        reader = frame_reader(source, frames)
        stream = FrameStream(reader, frames, frame, frame + 1, check_stored=False)
        buffer, at, end = memoryview(bytearray(_PIECE)), 0, start + count
        try:
            while at < end and (read := stream.readinto(buffer)):
                self._check()
                piece = bytes(buffer[max(0, start - at) : min(read, end - at)])
                at += read
                if piece:
                    yield piece
        except FrameError:
            return


class PartialTar(TarPieces):
    """Partial files as one tar, to be read from front to end. ``count`` tells how many there were
    so far. For one thread."""

    def __init__(self, name: str, files: Iterable[PartialFile]) -> None:
        super().__init__(name, self._all(files))
        self.count = 0

    def _all(self, files: Iterable[PartialFile]) -> Iterator[bytes]:
        for file in files:
            self.count += 1
            attributes = replace(file.attributes, holes=None)
            yield encode_entry(file.path, attributes)
            yield from file.pieces()
            if rest := padding(attributes.size):
                yield bytes(rest)
        yield END
