"""Writes a zpack archive: members, directories, end, and what follows the tar."""

from collections.abc import Callable, Collection, Iterable

import xxhash
from xxhash import xxh3_128_digest

from zpack.codecs import FrameTable
from zpack.entries import ROOT, Attributes, Holes, Kind, ListingBuilder
from zpack.native.frame_pool import FramePool
from zpack.native.index import DIGEST_SIZE
from zpack.native.tail_writer import Record, write_tail
from zpack.native.zeros import digest_zeros
from zpack.records import replace
from zpack.tar import BLOCK, END, MARKER, PACKED_FROM, encode_entry, encode_map, padding

_READ = 1 << 20  # a read cannot be interrupted
_ZEROS = bytes(BLOCK)

ReadInto = Callable[["memoryview[int]"], int]
Skip = Callable[[int], None]


class SourceCut(Exception):
    """A source ended, or failed, before the size it had. ``stored`` bytes of it are in."""

    def __init__(self, stored: int, error: OSError | None = None) -> None:
        super().__init__(stored)
        self.stored = stored
        self.error = error


class ArchiveWriter:
    """Call ``add_file`` for all files, then ``add_entry`` for links, then ``begin_folders`` and
    ``add_entry`` for folders, then ``finish``. For one thread.

    ``rows`` gets each entry's place. ``write`` appends to the archive. ``capacity`` is the content
    of a frame in bytes, a multiple of 512 and at most what the pool's profile allows. ``implied``
    folders get no entry.
    """

    def __init__(
        self,
        pool: FramePool,
        capacity: int,
        rows: ListingBuilder,
        write: Callable[[bytes], None],
        check: Callable[[], None],
        implied: "Collection[int]" = (),
    ) -> None:
        self._pool = pool
        self._capacity = capacity
        self._rows = rows
        self._write = write
        self._check = check
        self._implied = implied
        self._buffer = pool.buffer()
        self._used = 0
        self._payload = 0
        self._preludes: set[int] = set()
        self.digests = bytearray(DIGEST_SIZE * len(rows))
        self._put(MARKER)

    def add_file(
        self,
        row: int,
        path: bytes,
        attributes: Attributes,
        readinto: ReadInto,
        skip: Skip | None = None,
    ) -> None:
        """Store a file: at most ``attributes.size`` bytes, as ``readinto`` gives them.

        Of a file in sparse form (``attributes.holes``) each hole is passed over by
        ``skip(length)``. Raises ``OSError`` of ``readinto`` if nothing was stored, and
        :class:`SourceCut` if less came than the size: a small file is then stored as short as it
        is, a large one filled up with zeros (its size is written already).
        """
        header = encode_entry(path, attributes)
        size, holes = attributes.size, attributes.holes
        total = len(header) + size + -size % BLOCK
        if holes is not None and holes.packed:
            assert skip is not None
            self._add_sparse(row, attributes, holes, header, readinto, skip)
        elif total > self._capacity:
            self._add_large(row, attributes, header, readinto)
        else:
            if self._used + total > self._capacity:
                self._flush()
            self._add_small(row, path, attributes, header, readinto)

    def _add_small(
        self, row: int, path: bytes, attributes: Attributes, header: bytes, readinto: ReadInto
    ) -> None:
        # Most files are small: no calls in here but those that do the work.
        size, start, buffer, rows = attributes.size, self._used, self._buffer, self._rows
        data = start + len(header)
        view = buffer[data : data + size]
        self._check()
        stored = readinto(view) if 0 < size <= _READ else 0
        if stored < size:
            stored += self._read(view[stored:], readinto)
            if stored < size:
                attributes.size, attributes.holes = stored, None
                header, view = encode_entry(path, attributes), view[:stored]
                assert start + len(header) == data  # no size of a small file has a record
        end = data + stored
        self._used = used = end + -stored % BLOCK
        buffer[start:data] = header
        buffer[end:used] = _ZEROS[: used - end]
        rows.set_attributes(row, attributes)
        rows.frame[row], rows.offset[row] = self._pool.submitted, start
        self.digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE] = xxh3_128_digest(view)
        self._payload += stored
        if stored < size:
            raise SourceCut(stored)

    def _add_large(
        self, row: int, attributes: Attributes, header: bytes, readinto: ReadInto
    ) -> None:
        self._flush()
        self._place(row, attributes)
        self._put(header)
        digest = xxhash.xxh3_128()
        cut = self._add_stretch(0, attributes.size, digest, readinto, None)
        self._end_large(row, attributes.size, digest)
        if cut is not None:
            raise cut

    def _add_sparse(
        self,
        row: int,
        attributes: Attributes,
        holes: Holes,
        header: bytes,
        readinto: ReadInto,
        skip: Skip,
    ) -> None:
        """A file in sparse form: its map, and its data without the holes."""
        self._flush()
        self._place(row, attributes)
        self._put(header)
        self._put(encode_map(holes, attributes.size))
        digest = xxhash.xxh3_128()
        at, cut = 0, None
        for start, length in [*holes.data(attributes.size), (attributes.size, 0)]:
            if start > at:
                skip(start - at)
                digest_zeros(digest, start - at, self._check)
                self._payload += start - at
            cut = self._add_stretch(start, length, digest, readinto, cut)
            at = start + length
        self._end_large(row, attributes.size - holes.total, digest)
        if cut is not None:
            raise cut

    def _end_large(self, row: int, stored: int, digest: xxhash.xxh3_128) -> None:
        self._put(bytes(padding(stored)))
        self._flush()
        self.set_digest(row, digest.digest())

    def _add_stretch(
        self,
        start: int,
        length: int,
        digest: xxhash.xxh3_128,
        readinto: ReadInto,
        cut: SourceCut | None,
    ) -> SourceCut | None:
        """Store ``length`` bytes of a file from ``start`` on; zeros after a ``cut``."""
        left = length
        while left:
            self._reserve(1)
            view = self._buffer[self._used : self._used + left]
            if cut is None:
                cut = self._fill_piece(view, readinto, start + length - left)
            else:
                view[:] = bytes(len(view))
            digest.update(view)
            self._used += len(view)
            self._payload += len(view)
            left -= len(view)
        return cut

    def _fill_piece(
        self, view: "memoryview[int]", readinto: ReadInto, before: int
    ) -> SourceCut | None:
        count, error = 0, None
        try:
            count = self._read(view, readinto)
        except OSError as failure:
            error = failure
        if count == len(view):
            return None
        view[count:] = bytes(len(view) - count)
        return SourceCut(before + count, error)

    def _read(self, view: "memoryview[int]", readinto: ReadInto) -> int:
        filled = 0
        while filled < len(view):
            self._check()
            count = readinto(view[filled : filled + _READ])
            if not count:
                break
            filled += count
        return filled

    def add_entry(self, row: int, path: bytes, link: bytes = b"") -> None:
        """Store an entry without content: a link, a device or a folder."""
        attributes = self._rows.attributes(row)
        header = self._prelude(row, path, link) + encode_entry(path, attributes, link)
        self._reserve(len(header))
        self._place(row, attributes)
        self._put(header)
        if len(header) > self._capacity:
            self._flush()  # nothing follows the last piece of what a frame cannot hold

    def _prelude(self, row: int, path: bytes, link: bytes) -> bytes:
        """A copy of the folder's entry, before its first link that leads out (format.md, 2)."""
        folder = self._rows.parent[row]
        wanted = self._rows.kind[row] == Kind.SYMLINK and leads_out(link)
        if not wanted or folder == ROOT or folder in self._preludes or folder in self._implied:
            return b""
        self._preludes.add(folder)
        return encode_entry(path.rpartition(b"/")[0], self._rows.attributes(folder))

    def begin_stored(
        self,
        row: int,
        path: bytes,
        attributes: Attributes,
        pieces: "Iterable[memoryview[int]]",
    ) -> None:
        """Store the beginning of a large file; its other frames follow by :meth:`add_stored`. The
        caller knows its digest."""
        self._flush()
        self._place(row, attributes)
        self._put(encode_entry(path, attributes))
        if attributes.holes is not None and attributes.holes.packed:
            self._put(encode_map(attributes.holes, attributes.size))
        for piece in pieces:
            left = piece
            while left:
                self._reserve(1)
                part = left[: self._capacity - self._used]
                self._put(part)
                self._payload += len(part)
                left = left[len(part) :]

    def add_stored(self, frames: FrameTable, copy: Callable[[], None], *, first: bool) -> int:
        """Frames follow that are coded already: ``copy`` appends them when it is their turn, from
        any thread. Returns the number of the first; the caller places their rows. ``first``: the
        archive's mark is in them."""
        if first:
            self._used = 0
        self._flush()
        number = self._pool.submitted
        self._pool.submit_stored(frames, copy)
        return number

    def go_on_with(
        self, rows: ListingBuilder, digests: bytearray, implied: "Collection[int]"
    ) -> None:
        """All files are stored, as provisional rows: from here on these count, which have their
        places already, and these digests."""
        self._rows, self.digests, self._implied = rows, digests, implied

    @property
    def wants_content(self) -> bool:
        """Whether :meth:`show_content` must be called for frames that are copied, in ``copy``."""
        return self._pool.envelope.wants_content

    def show_content(self, piece: "memoryview[int]") -> None:
        """A piece of what is in copied frames."""
        self._pool.envelope.add(piece)

    def begin_folders(self) -> None:
        """Folders stand in frames of their own."""
        self._flush()

    def finish(
        self,
        rows: ListingBuilder,
        digests: "bytes | bytearray | None",
        record: Record | None = None,
    ) -> None:
        """Write the end of the tar and the trailing frames, for rows that are placed; without
        ``digests`` those are left out, with a ``record`` there is one for recovery."""
        self._flush()
        self._put(END)
        self._flush()
        frames = self._pool.finish()
        envelope = self._pool.envelope
        profile, checksum = envelope.profile, envelope.checksum
        write_tail(rows, frames, digests, profile, checksum, self._write_checked, record)

    def _write_checked(self, part: bytes) -> None:
        self._check()
        self._write(part)

    def _place(self, row: int, attributes: Attributes) -> None:
        self._rows.set_attributes(row, attributes)
        self._rows.place(row, self._pool.submitted, self._used)

    def set_digest(self, row: int, digest: bytes) -> None:
        """Of a row whose content was not read: its digest is known."""
        self.digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE] = digest

    def _reserve(self, length: int) -> None:
        if self._used + length > self._capacity:
            self._flush()

    def _put(self, data: "bytes | memoryview[int]") -> None:
        end = self._used + len(data)
        if end > self._capacity:
            self._put_in_pieces(data)
            return
        self._buffer[self._used : end] = data
        self._used = end

    def _put_in_pieces(self, data: "bytes | memoryview[int]") -> None:
        """More than a frame has room for: headers with many attributes, maps of many holes."""
        view = memoryview(data)
        while view:
            self._reserve(1)
            part = view[: self._capacity - self._used]
            self._buffer[self._used : self._used + len(part)] = part
            self._used += len(part)
            view = view[len(part) :]

    def _flush(self) -> None:
        if self._used:
            self._pool.submit(self._buffer, self._used, self._payload)
            self._buffer = self._pool.buffer()
            self._used = self._payload = 0


def settled_holes(holes: Holes | None) -> Holes | None:
    """Holes of another archive's file in the form that zpack stores (docs/format.md, section 2)."""
    if holes is None or not holes.starts:
        return None
    return replace(holes, packed=holes.packed and holes.total >= PACKED_FROM)


def leads_out(target: bytes) -> bool:
    """Whether GNU tar makes a symbolic link to ``target`` only when all else is done."""
    return target.startswith(b"/") or b".." in target.split(b"/")
