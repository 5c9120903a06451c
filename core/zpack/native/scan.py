"""Reads a compressed tar from front to end, where no index can be believed. It is the truth."""

from bisect import bisect_right
from collections.abc import Callable
from typing import Protocol

from zpack.codecs import FrameError, FrameStream, FrameTable
from zpack.entries import Attributes, Listing, TreeBuilder
from zpack.errors import ArchiveDamaged, NotATar
from zpack.filesystem import SourceFile
from zpack.native.frame_search import FoundFrames, settle_sizes
from zpack.native.reading import frame_reader
from zpack.records import record
from zpack.tar import BlockReader, EntryReader, TarError

_SKIP = 1 << 20
_MOST_EXTRAS = 64 << 20  # extended attributes in a listing


class Count(Protocol):
    """Told how far a scan is: entries so far, bytes of the file that were read, bytes that they
    decoded to, bytes of memory that the listing takes. May raise."""

    def __call__(
        self, entries: int, bytes_read: int, decoded: int = 0, memory: int = 0, /
    ) -> None: ...


@record
class Scan:
    """What a scan found; ``damage`` where it had to stop. ``marked``: zpack made it, as its mark
    tells, or what follows the tar. ``absolute`` has frame and offset of
    entries whose paths begin with a slash, which a listing does not show. ``trailing``: skippable
    frames follow. ``bad_frame`` is the first that could not be read to its end and checksum, or
    the number of frames. ``more``: data follows the end of the tar. ``plain``: no tar, but one
    file."""

    listing: Listing
    frames: FrameTable
    marked: bool
    checked: bool
    one_run: bool
    absolute: frozenset[tuple[int, int]]
    trailing: bool
    bad_frame: int
    more: bool
    damage: ArchiveDamaged | None
    plain: bool = False


def scan_tar(
    source: SourceFile, found: FoundFrames, check: Callable[[], None], count: Count
) -> Scan:
    """Scan the tar in the frames. Raises :class:`ArchiveDamaged` if not even one entry can be read,
    and :class:`NotATar` if what is compressed is none."""
    scanner = _Scanner(source, found.frames, check, count)
    stopped = scanner.run()
    if found.damage is None and not scanner.is_tar:
        raise NotATar(source.path)
    # At the last frame both tell of the same, the walk over the frames more of it.
    at_last = found.damage is not None and scanner.bad_frame + 1 >= len(found.frames)
    damage = found.damage if at_last else stopped or found.damage
    listing = scanner.tree.build()
    if damage is not None and len(listing) == 1:
        raise damage
    scanner.settle_sizes()
    return Scan(
        listing,
        found.frames,
        marked=scanner.reader.marked or (found.described and not scanner.more),
        checked=found.checked,
        one_run=scanner.reader.has_globals,
        absolute=frozenset(scanner.absolute),
        trailing=found.trailing,
        bad_frame=scanner.bad_frame,
        more=scanner.more,
        damage=damage,
    )


class _Scanner:
    """One pass over the tar."""

    def __init__(
        self,
        source: SourceFile,
        frames: FrameTable,
        check: Callable[[], None],
        count: Count,
    ) -> None:
        self._source = source
        self._frames = frames
        self._check = check
        self._count = count
        self._stream = FrameStream(
            frame_reader(source, frames), frames, 0, len(frames), check_stored=False
        )
        self._blocks = BlockReader(self._readinto)
        self.reader = EntryReader(self._blocks)
        self.tree = TreeBuilder()
        self.absolute: set[tuple[int, int]] = set()
        self.is_tar = True
        self.bad_frame = len(frames)
        self.more = False
        self._entries = 0
        self._extras = 0  # bytes

    def _readinto(self, view: "memoryview[int]") -> int:
        self._check()
        read = self._source.bytes_read
        self._count(self._entries, read, self._stream.position, self.tree.memory)
        return self._stream.readinto(view)

    def run(self) -> ArchiveDamaged | None:
        """Read all entries; returns where it had to stop."""
        try:
            while (header := self.reader.next()) is not None:
                frame = bisect_right(self._stream.starts, header.position) - 1
                offset = header.position - self._stream.starts[frame]
                link = header.link or None
                self._blocks.skip(header.stored)  # an entry counts when it is there whole
                self.reader.finish(header)
                self.tree.add(header.path, self._to_list(header.attributes), link, frame, offset)
                self._entries += 1
                if header.path.startswith(b"/"):
                    self.absolute.add((frame, offset))
            while not self._blocks.at_end():  # what follows the end of the tar must decode too
                rest = bytes(self._blocks.some(_SKIP))
                self.more = self.more or rest.count(0) != len(rest)
        except FrameError as error:
            self.bad_frame = error.frame
            return ArchiveDamaged(self._source.path, str(error), self._frames.offset[error.frame])
        except TarError as error:
            self.is_tar = bool(self._entries or error.position)
            frame = self.bad_frame = min(self._stream.frame, len(self._frames) - 1)
            return ArchiveDamaged(self._source.path, str(error), self._frames.offset[frame])
        return None

    def _to_list(self, attributes: Attributes) -> Attributes:
        """What the listing has of an entry; its header has all when it is read again."""
        attributes.holes = None
        self._extras += len(attributes.extras)
        if self._extras > _MOST_EXTRAS:
            attributes.extras = b""
        return attributes

    def settle_sizes(self) -> None:
        """Fill in the content sizes that frame headers did not tell."""
        settle_sizes(self._frames, self._stream.starts, self._stream.position)
