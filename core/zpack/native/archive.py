"""An archive open for reading: from its index, or scanned where there is none."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from zpack import native
from zpack.codecs import FrameTable
from zpack.entries import Listing, ListingError, check_listing
from zpack.errors import ArchiveDamaged, NewerFormat
from zpack.filesystem import SourceFile
from zpack.native.layout import LayoutError, NewerVersion
from zpack.native.profile import Profile
from zpack.native.tail import PROFILES, Tail, read_digests, read_tail
from zpack.records import mutable_record

if TYPE_CHECKING:
    from zpack.native.scan import Count, Scan


@mutable_record
class Archive:
    """``marked``: zpack made it. ``checked``: every frame has a checksum of its content.
    ``one_run``: it must be read as one. ``tail`` is None where the tar was scanned; then
    ``tail_fault`` tells why, ``absolute``, ``trailing``, ``bad_frame`` and ``more`` are as in
    :class:`Scan`, and ``damage`` tells where the scan stopped. ``plain``: there is no tar, but one
    compressed file."""

    source: SourceFile
    listing: Listing
    frames: FrameTable
    tail: Tail | None
    marked: bool
    checked: bool
    one_run: bool
    absolute: frozenset[tuple[int, int]]
    trailing: bool
    bad_frame: int
    more: bool
    tail_fault: str
    damage: ArchiveDamaged | None
    plain: bool = False

    @property
    def profile(self) -> Profile:
        """That of archives which are coded alike."""
        coding = self.frames.coding
        return next(each for each in PROFILES if each.coding.name == coding.name)

    @property
    def format(self) -> str:
        """What it is, in the words of file names: ``tar.zst``, ``tar.lz4``, ``zst``, ``lz4``."""
        codec = self.frames.coding.name
        return codec if self.plain else f"tar.{codec}"

    def is_absolute(self, row: int) -> bool:
        """Whether the row's entry has a path that begins with a slash."""
        return (self.listing.frame[row], self.listing.offset[row]) in self.absolute

    def digests(self) -> bytes | None:
        """16 bytes a row, None without. Raises :class:`ArchiveDamaged`."""
        if self.tail is None:
            return None
        try:
            return read_digests(self.source, self.tail)
        except LayoutError as error:
            raise ArchiveDamaged(self.source.path, str(error)) from error


def open_archive(
    source: SourceFile,
    check: Callable[[], None],
    count: "Count",
    *,
    every_row: bool = False,
    plain_name: bytes | None = None,
) -> Archive:
    """Open an archive: by its index if that can be believed, else by reading all of the tar.

    If there is no tar in it, it is an archive of one entry called ``plain_name``; without that it
    is refused.

    With ``every_row`` the index is looked at to its last row before it is believed; without, what
    leads nowhere shows where it is used, as ``ListingError`` or ``IndexError``.

    While a tar is scanned, ``check`` is called and may raise, and ``count`` is told how far it is.
    Raises :class:`ArchiveDamaged` if nothing of it can be read, :class:`NewerFormat` if its index
    is of a later version, :class:`FrameNotRead` if it needs a decoder of another kind, and
    :class:`NotATar`.
    """
    try:
        return open_indexed(source, every_row=every_row)
    except (LayoutError, ListingError) as error:
        scan = native.scan_unindexed(source, plain_name, check, count)
        return _from_scan(source, scan, str(error))


def open_indexed(source: SourceFile, *, every_row: bool) -> Archive:
    """Open an archive by its index only. Raises :class:`LayoutError` or :class:`ListingError` if
    that cannot be believed, and :class:`NewerFormat`."""
    try:
        tail = read_tail(source)
    except NewerVersion as error:
        raise NewerFormat(source.path, error.version) from error
    if every_row:
        check_listing(tail.listing)
    return indexed_archive(source, tail)


def indexed_format(source: SourceFile) -> str | None:
    """The format of an archive that opens without being read through; None for any other."""
    try:
        return read_tail(source).profile.name
    except LayoutError:
        return None


def has_index(source: SourceFile) -> bool:
    """Whether it opens without being read through."""
    return indexed_format(source) is not None


def indexed_archive(source: SourceFile, tail: Tail) -> Archive:
    """An archive as its index tells of it."""
    return Archive(
        source,
        tail.listing,
        tail.frames,
        tail,
        marked=True,
        checked=True,
        one_run=False,
        absolute=frozenset(),
        trailing=True,
        bad_frame=len(tail.frames),
        more=False,
        tail_fault="",
        damage=None,
    )


def _from_scan(source: SourceFile, scan: "Scan", tail_fault: str) -> Archive:
    return Archive(
        source,
        scan.listing,
        scan.frames,
        None,
        marked=scan.marked,
        checked=scan.checked,
        one_run=scan.one_run,
        absolute=scan.absolute,
        trailing=scan.trailing,
        bad_frame=scan.bad_frame,
        more=scan.more,
        tail_fault=tail_fault,
        damage=scan.damage,
        plain=scan.plain,
    )
