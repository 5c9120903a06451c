"""What is whole of a damaged archive whose index can be read."""

from collections.abc import Callable, Iterator

import xxhash

from zpack.codecs import FrameError, encode_lz4_header
from zpack.entries import Kind, Listing
from zpack.errors import ArchiveDamaged
from zpack.filesystem import SourceFile
from zpack.jobs import Turn
from zpack.native.archive import Archive, indexed_archive
from zpack.native.description_search import Description
from zpack.native.frame_finder import FoundFrames
from zpack.native.image_file import ImageFile
from zpack.native.index import DIGEST_SIZE
from zpack.native.lz4_profile import encode_lz4_end
from zpack.native.run_reader import Mismatch, RunReader
from zpack.native.runs import Run, plan_runs, run_buffer
from zpack.records import field, mutable_record, record
from zpack.tar import TarError


@record
class DamagedImage:
    """An archive as it was, with holes: ``archive`` reads it, ``found`` tells which of its frames
    are whole."""

    archive: Archive
    found: FoundFrames

    def is_whole(self, run: Run) -> bool:
        """Whether all frames of a run were found."""
        return all(map(self.found.has, range(run.first, run.last)))


def damaged_image(source: SourceFile, description: Description, found: FoundFrames) -> DamagedImage:
    """To be read as one archive; ``source`` stands for it in messages. Its ``source`` has to be
    closed."""
    frames = description.frames
    before, after = _around(description)
    after += description.sections

    def read(length: int, offset: int) -> bytes:
        if offset < len(before):
            return before[offset : offset + length]
        if offset < frames.end:
            return found.read(min(length, frames.end - offset), offset)
        return after[offset - frames.end : offset - frames.end + length]

    image = ImageFile(source, frames.end + len(after), read)
    return DamagedImage(indexed_archive(image, description.tail), found)


def _around(description: Description) -> tuple[bytes, bytes]:
    """What stands before and after the data frames: it can be made anew."""
    locator, begin = description.tail.locator, description.frames.offset[0]
    if not locator.lz4:
        return b"", b""
    headers = (encode_lz4_header(locator.tar_size), encode_lz4_header(None))
    header = next(header for header in headers if len(header) == begin)
    return header, encode_lz4_end(locator.content_checksum)


@mutable_record
class Salvage:
    """``damaged``: runs that are not whole. ``rescued``: rows of those that are whole all the same,
    as their digests show. ``lost``: rows of files and hard links that are not, with why."""

    damaged: list[Run] = field(default_factory=list)
    rescued: dict[int, list[int]] = field(default_factory=dict)
    lost: dict[int, str] = field(default_factory=dict)


def plan_salvage(image: DamagedImage, check: Callable[[], None]) -> Salvage:
    """Look at what is not in whole frames. Raises ``ListingError`` as ``plan_runs`` does."""
    archive, salvage = image.archive, Salvage()
    listing, digests = archive.listing, _digests(archive)
    buffer = run_buffer(archive.frames)
    for run in plan_runs(archive, listing.tar_order()):
        check()
        if image.is_whole(run):
            continue
        salvage.damaged.append(run)
        proven = _proven(archive, run, digests, buffer, check) if digests else []
        salvage.rescued[run.first] = proven
        whole = set(proven)
        for row in run.rows:
            if listing.kind[row] == Kind.FILE and row not in whole:
                salvage.lost[row] = "the part of the archive that it is in is damaged"
    _lose_links(listing, salvage)
    return salvage


def _digests(archive: Archive) -> bytes | None:
    try:
        return archive.digests()
    except ArchiveDamaged:
        return None


def _lose_links(listing: Listing, salvage: Salvage) -> None:
    for row in listing.link_row:
        if listing.kind[row] == Kind.HARD_LINK:
            target = listing.hard_link_target(row)
            if target is None or target in salvage.lost:
                salvage.lost[row] = "the file that it is another name of is lost"


def _proven(
    archive: Archive,
    run: Run,
    digests: bytes,
    buffer: "memoryview[int]",
    check: Callable[[], None],
) -> list[int]:
    """Files of a damaged run whose content is what was put in."""
    proven: list[int] = []
    try:
        for row, digest in _contents(archive, run, buffer, check):
            if digest == digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE]:
                proven.append(row)
    except (FrameError, TarError):
        pass  # what comes before the damage was seen
    return proven


def _contents(
    archive: Archive, run: Run, buffer: "memoryview[int]", check: Callable[[], None]
) -> Iterator[tuple[int, bytes]]:
    """Files of a run, as far as it can be read, each with the digest of what is there now."""
    listing, turn = archive.listing, Turn()
    with turn:
        reader = RunReader(archive, run, buffer, turn, whole=False)
        for row in run.rows:
            check()
            try:
                header = reader.entry(row)
            except Mismatch:
                continue
            digest = xxhash.xxh3_128()
            for piece in reader.content(header):
                check()
                digest.update(piece)
            if listing.kind[row] == Kind.FILE:
                yield row, digest.digest()
