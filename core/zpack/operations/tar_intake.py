"""Takes the entries of a tar, as they come, into a new archive.

Files are stored at once. Of all else, and of where the files are, only what is known about them is
held, until the end: links and folders come after all files in an archive (docs/format.md, 1).
"""

import os

from zpack.entries import NO_FRAME, ROOT, Attributes, Kind, ListingBuilder, TreeBuilder
from zpack.errors import EntryRefused, EntryUnreadable, Explanation, TarOdd
from zpack.filesystem import SourceRules, unsafe_reason
from zpack.jobs import Control
from zpack.native.index import DIGEST_SIZE
from zpack.native.writer import ArchiveWriter, SourceCut
from zpack.records import replace
from zpack.tar import BlockReader, EntryReader, Header, TarError

COMES_LATER = NO_FRAME - 1  # of an entry that is not placed yet; a folder without one has NO_FRAME
_PIECE = 1 << 20


_ROW = 1


def one_row() -> ListingBuilder:
    """A listing of one file, which stands for each in turn."""
    row = ListingBuilder()
    row.append(ROOT, b"", Attributes(Kind.FILE))
    return row


class TarIntake:
    """Reads one tar, called ``name``. ``problems`` tells what is not in the archive, ``bytes_in``
    counts content, ``digests`` has those of the files in the order in which they came.

    ``row`` is :func:`one_row`, in which the writer, whose row it is, notes where each file is.
    """

    def __init__(
        self,
        blocks: BlockReader,
        row: ListingBuilder,
        writer: ArchiveWriter,
        rules: SourceRules,
        control: Control,
        name: str,
    ) -> None:
        self._name = name
        self._blocks = blocks
        self._reader = EntryReader(blocks)
        self._row = row
        self._writer = writer
        self._rules = rules
        self._control = control
        self.tree = TreeBuilder()
        self.digests = bytearray()
        self.entries = 0
        self.bytes_in = 0
        self.problems: list[Explanation] = []

    def run(self) -> None:
        """Read all entries, and what follows the tar. Raises :class:`TarError`."""
        at = 0
        while (header := self._reader.next()) is not None:
            self._control.check()
            self._take(header)
            self._reader.finish(header)
            self._control.progress.items_total = self.entries
            at = self._blocks.position
        if self._blocks.position == at and self.entries:
            self._note("the tar has no end: it may have been cut short")
        self._pass_over_the_end()

    def _take(self, header: Header) -> None:
        path = _path_of(header.path)
        why = unsafe_reason(path) if path else ""
        if why:
            self._leave_out(header, EntryRefused(os.fsdecode(header.path), why).explain())
        elif header.sparse:
            why = "it is in a form for files with holes that zpack does not know"
            self._leave_out(header, EntryUnreadable(os.fsdecode(path), why).explain())
        elif path:
            self._store(header, path)
        else:
            self._blocks.skip(header.stored)  # the folder that all is in: it has no entry here

    def _leave_out(self, header: Header, problem: Explanation) -> None:
        self.problems.append(problem)
        self._blocks.skip(header.stored)

    def _store(self, header: Header, path: bytes) -> None:
        attributes = self._rules.adjust(header.attributes)
        self.entries += 1
        if attributes.kind == Kind.FILE:
            self._store_file(header, path, attributes)
            return
        self._blocks.skip(header.stored)
        link = header.link if attributes.kind in (Kind.HARD_LINK, Kind.SYMLINK) else None
        if attributes.kind == Kind.HARD_LINK:
            link = _path_of(header.link)
        self.tree.add(path, attributes, link, COMES_LATER, 0)

    def _store_file(self, header: Header, path: bytes, attributes: Attributes) -> None:
        content = _Content(self._blocks, header)
        if attributes.holes is not None:  # their zeros are stored, and take next to nothing
            attributes.holes = replace(attributes.holes, packed=False)
        try:
            self._writer.add_file(_ROW, path, attributes, content.readinto)
        except SourceCut as cut:
            raise TarError("the tar is cut short", self._blocks.position) from cut
        self.bytes_in += attributes.size
        self.digests += self._writer.digests[_ROW * DIGEST_SIZE :]
        frame, offset = self._row.frame[_ROW], self._row.offset[_ROW]
        self.tree.add(path, attributes, None, frame, offset)

    def _pass_over_the_end(self) -> None:
        """Read what follows, so that the program which writes it ends in peace."""
        more = False
        while not self._blocks.at_end():
            self._control.check()
            piece = self._blocks.some(_PIECE)
            more = more or any(piece)
        if more:
            self._note("something follows the end of the tar, and is not in the archive")

    def _note(self, what: str) -> None:
        self.problems.append(TarOdd(self._name, what).explain())


class _Content:
    """A file's content, with the zeros of its holes."""

    def __init__(self, blocks: BlockReader, header: Header) -> None:
        size, holes = header.attributes.size, header.attributes.holes
        self._blocks = blocks
        self._stretches = holes.data(size) if holes is not None else iter([(0, size)])
        self._size = size
        self._at = 0
        self._data = (0, 0)  # the stretch of data that comes next, or is being read: from, to
        self._next()

    def _next(self) -> None:
        start, length = next(self._stretches, (self._size, 0))
        self._data = start, start + length

    def readinto(self, view: "memoryview[int]") -> int:
        start, end = self._data
        if self._at < start:
            count = min(len(view), start - self._at)
            view[:count] = bytes(count)
        elif self._at < end:
            piece = self._blocks.some(min(len(view), end - self._at))
            count = len(piece)
            view[:count] = piece
        else:
            return 0
        self._at += count
        if self._at == end and end < self._size:
            self._next()
        return count


def _path_of(path: bytes) -> bytes:
    """As tar extracts it: without slashes at the beginning, and without ``.``."""
    return b"/".join(part for part in path.split(b"/") if part not in (b"", b"."))
