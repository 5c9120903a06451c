"""One compressed file without a tar, as an archive of one entry (docs/format.md, section 12)."""

from collections.abc import Callable

from zpack.codecs import UNKNOWN, FrameError, FrameStream
from zpack.entries import Attributes, Kind, Listing, TreeBuilder
from zpack.errors import ArchiveDamaged
from zpack.filesystem import SourceFile
from zpack.native.frame_search import FoundFrames, settle_sizes
from zpack.native.reading import frame_reader
from zpack.native.scan import Count, Scan
from zpack.tar import BLOCK, is_header

_BUFFER = 1 << 20
_MAX_SIZE = 1 << 62
_MODE = 0o644


def holds_tar(source: SourceFile, found: FoundFrames) -> bool:
    """Whether what is compressed begins as a tar does, or nothing of it can be read."""
    stream = _stream(source, found)
    block, filled = memoryview(bytearray(BLOCK)), 0
    try:
        while filled < BLOCK and (count := stream.readinto(block[filled:])):
            filled += count
    except FrameError:
        return not filled
    return is_header(bytes(block)) if filled == BLOCK else not len(found.frames)


def _stream(source: SourceFile, found: FoundFrames) -> FrameStream:
    frames = found.frames
    return FrameStream(frame_reader(source, frames), frames, 0, len(frames), check_stored=False)


def scan_plain(
    source: SourceFile,
    found: FoundFrames,
    name: bytes,
    check: Callable[[], None],
    count: Count,
) -> Scan:
    """The one entry, called ``name``. All is decoded only if the frames don't tell the size of
    their content; then ``check`` and ``count`` are called as by ``open_archive``.

    Raises :class:`ArchiveDamaged` if nothing can be decoded.
    """
    sizes = found.frames.dsize
    damage, bad_frame = found.damage, len(sizes)
    if damage is not None or UNKNOWN in sizes:
        stopped = _measure(source, found, check, count)
        if stopped is not None:
            bad_frame = stopped.frame
            damage = ArchiveDamaged(source.path, str(stopped), found.frames.offset[bad_frame])
    size = sum(sizes)
    if damage is not None and not size:
        raise damage
    if size > _MAX_SIZE:
        raise ArchiveDamaged(source.path, "a size makes no sense", found.frames.offset[0])
    return Scan(
        _one_entry(name, size, source.mtime_ns),
        found.frames,
        marked=False,
        checked=found.checked,
        one_run=True,
        absolute=frozenset(),
        trailing=found.trailing,
        bad_frame=bad_frame,
        more=False,
        damage=damage,
        plain=True,
    )


def _measure(
    source: SourceFile,
    found: FoundFrames,
    check: Callable[[], None],
    count: Count,
) -> FrameError | None:
    """Decode all, to fill in the sizes; returns where that had to stop."""
    stream = _stream(source, found)
    buffer, stopped = memoryview(bytearray(_BUFFER)), None
    try:
        while stream.readinto(buffer):
            check()
            count(1, source.bytes_read, stream.position)
    except FrameError as error:
        stopped = error
    settle_sizes(found.frames, stream.starts, stream.position)
    return stopped


def _one_entry(name: bytes, size: int, mtime_ns: int) -> Listing:
    seconds, rest = divmod(mtime_ns, 1_000_000_000)
    tree = TreeBuilder()
    tree.add(name, Attributes(Kind.FILE, _MODE, size, seconds, rest), None, 0, 0)
    return tree.build()
