"""The archives of an attacker, in every form that zpack reads."""

import io
import struct
import tarfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import lz4.frame
import xxhash
import zstandard

from tests.core.native.parts import Parts, put_together
from tests.core.operations.hostile import member
from zpack.entries import Column, Kind, TreeBuilder, listing_to_columns
from zpack.native.lz4_profile import TAR_LZ4
from zpack.native.profile import Profile
from zpack.native.zstd_profile import TAR_ZST
from zpack.tar import BLOCK, END, MARKER, BlockReader, EntryReader, Header

Member = tuple[tarfile.TarInfo, bytes]
Lie = Callable[[Parts], object]

FIRST = (member("good/first"), b"first")
LAST = (member("good/last"), b"last")
SYMLINK, HARD_LINK, FOLDER = tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE


def file(name: str, content: bytes = b"evil", **fields: int) -> Member:
    return member(name, **fields), content


def with_records(made: Member, **records: str) -> Member:
    """The member with more records in its extended header; in their names ``__`` is a point."""
    made[0].pax_headers = {key.replace("__", "."): value for key, value in records.items()}
    return made


def symlink(name: str, target: str) -> Member:
    return member(name, SYMLINK, target), b""


def hard_link(name: str, target: str) -> Member:
    return member(name, HARD_LINK, target), b""


def folder(name: str, **fields: int) -> Member:
    return member(name, FOLDER, **fields), b""


def tar_of(*members: Member) -> bytes:
    """The members as they follow in a tar, without its end."""
    made = bytearray()
    for info, content in members:
        if not info.size:  # else it lies about its size
            info.size = len(content)
        made += info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")
        made += content + bytes(-len(content) % BLOCK)
    return bytes(made)


def plain(*members: Member) -> bytes:
    """A tar.zst as tar makes it: one frame, no index."""
    return zstd(tar_of(*members) + END)


def zstd(content: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(content)


def indexed(*members: Member, lie: Lie | None = None, profile: Profile = TAR_ZST) -> bytes:
    """A zpack archive, with an index that says just what the tar says: all checksums are right, and
    digests, too. ``lie`` changes the index before it is packed."""
    tar = MARKER + tar_of(*members)
    parts = take_for_zpack(tar, profile)
    if lie is not None:
        lie(parts)
    return put_together(parts)


def take_for_zpack(tar: bytes, profile: Profile = TAR_ZST) -> Parts:
    """What a writer who wants to be believed puts into an archive of this tar."""
    found = list(_headers(tar + END))
    tree, digests = TreeBuilder(), {}
    for header, content in found:
        tree.add(header.path, header.attributes, header.link or None, 0, header.position)
        digests[header.position] = xxhash.xxh3_128_digest(content)
    listing = tree.build()
    proof = bytearray(16 * len(listing))
    for row, offset in enumerate(listing.offset):
        if listing.has_entry(row) and listing.kind[row] == Kind.FILE:
            proof[16 * row : 16 * row + 16] = digests[offset]
    columns = {column.name: column for column in listing_to_columns(listing)}
    columns = {name: Column(name, c.type, bytes(c.data)) for name, c in columns.items()}
    parts = Parts([], [], len(listing), columns, bytes(proof), profile)
    parts.put_contents([tar, END])
    return parts


def _headers(tar: bytes) -> "list[tuple[Header, bytes]]":
    blocks = BlockReader(io.BytesIO(tar).readinto)
    reader, found = EntryReader(blocks), []
    while (header := reader.next()) is not None:
        content = bytearray()
        while len(content) < header.stored:
            content += blocks.some(header.stored - len(content))
        reader.finish(header)
        found.append((header, bytes(content)))
    return found


def plain_lz4(*members: Member) -> bytes:
    """A tar.lz4 as ``tar -I lz4`` makes it."""
    return lz4.frame.compress(tar_of(*members) + END, content_checksum=True)


FORMS: dict[str, Callable[..., bytes]] = {"tar.zst": plain, "zpack": indexed}
LZ4_FORMS = {"tar.lz4": plain_lz4, "zpack in lz4": partial(indexed, profile=TAR_LZ4)}


def rename_in_index(old: bytes, new: bytes) -> Lie:
    """The index calls something by another name of the same length."""
    assert len(old) == len(new)

    def lie(parts: Parts) -> None:
        names = bytes(parts.columns["names"].data)
        assert names.count(old) == 1
        parts.columns["names"] = Column("names", "B", names.replace(old, new))

    return lie


def bomb(path: Path, size: int) -> None:
    """A file of zeros of that size, in a plain tar.zst, written piece by piece."""
    info = member("bomb")
    info.size = size
    with path.open("wb") as raw:
        writer = zstandard.ZstdCompressor(level=1, write_checksum=True).stream_writer(raw)
        writer.write(info.tobuf(tarfile.PAX_FORMAT))
        for _ in range(size >> 20):
            writer.write(bytes(1 << 20))
        writer.write(END)
        writer.flush(zstandard.FLUSH_FRAME)


def skippable(payload: bytes) -> bytes:
    return struct.pack("<II", 0x184D2A5D, len(payload)) + payload
