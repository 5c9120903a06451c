"""Archives as an attacker would make them."""

import io
import tarfile
from pathlib import Path

import zstandard

from zpack.codecs import Encoder
from zpack.entries import NOBODY, Attributes, Kind, ListingBuilder
from zpack.jobs import Control
from zpack.native.frame_pool import FramePool
from zpack.native.writer import ArchiveWriter

CAPACITY = 1 << 20


def member(
    name: str, kind: bytes = tarfile.REGTYPE, link: str = "", **fields: int
) -> tarfile.TarInfo:
    """A tar header of any name."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    info.mode = 0o755 if kind == tarfile.DIRTYPE else 0o644
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def foreign(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> str:
    """A plain tar.zst of these members, without an index."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    path.write_bytes(zstandard.ZstdCompressor(write_checksum=True).compress(buffer.getvalue()))
    return str(path)


def indexed(path: Path, *names: bytes, link: tuple[bytes, bytes] | None = None) -> str:
    """An archive with an index that is right in itself, of top-level files with these names, and
    perhaps one hard link (name, target)."""
    rows = ListingBuilder()
    files = [(rows.append(0, name, _file()), name) for name in sorted(names)]
    linked = None
    if link is not None:
        linked = rows.append(0, link[0], Attributes(Kind.HARD_LINK, 0o644))
        rows.links[linked] = link[1]
    out, control = bytearray(), Control()
    with FramePool(out.extend, lambda: Encoder(1), CAPACITY, 1, control) as pool:
        writer = ArchiveWriter(pool, CAPACITY, rows, out.extend, control.check)
        for row, name in files:
            writer.add_file(row, name, _file(), io.BytesIO(b"evil\n").readinto)
        if linked is not None and link is not None:
            writer.add_entry(linked, link[0], link[1])
        writer.begin_folders()
        writer.finish(rows, writer.digests)
    path.write_bytes(out)
    return str(path)


def _file() -> Attributes:
    return Attributes(Kind.FILE, 0o644, 5, 0, 0, NOBODY)
