"""Archives with recovery records, made in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zpack.filesystem import SourceFile, Spool
from zpack.native.recovery_geometry import Geometry, choose_geometry
from zpack.native.recovery_writer import write_record
from zpack.native.tail import read_tail
from zpack.native.tail_check import section_lengths
from zpack.native.tail_writer import encode_ending


def nothing(count: int = 0) -> None:
    del count


@contextmanager
def opened(folder: Path, *files: bytes) -> Iterator[list[SourceFile]]:
    sources = []
    for number, data in enumerate(files):
        path = folder / f"copy {number}"
        path.write_bytes(data)
        sources.append(SourceFile(str(path)))
    try:
        yield sources
    finally:
        for source in sources:
            source.close()


def with_record(
    plain: bytes, folder: Path, percent: int, part_bytes: int = 1 << 31
) -> tuple[bytes, Geometry]:
    """An archive with a recovery record added, and where everything in it is."""
    out = bytearray()
    with opened(folder, plain) as (source,), Spool(str(folder), "x") as spool:
        tail = read_tail(source)
        protected = (tail.locator.digests or tail.locator.index).end
        out += plain[:protected]
        geometry = choose_geometry(
            protected,
            tail.locator.index.offset,
            percent,
            lz4=tail.locator.lz4,
            part_bytes=part_bytes,
        )
        geometry = write_record(geometry, source, spool, out.extend, nothing)
        lengths = section_lengths(source, tail)
        out += encode_ending(tail.locator, tail.frames, lengths, tail.profile, geometry)
    return bytes(out), geometry
