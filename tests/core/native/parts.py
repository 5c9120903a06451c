"""Archives made in memory, and taken apart and put together again: by a writer who lies where told,
and gets all checksums right."""

import io
import itertools
import struct
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import xxhash

from tests.core.codecs.lz4_peers import drained
from zpack.codecs import Lz4BlockReader, SeekTable, compress, decompress, encode_seek_table
from zpack.entries import (
    ROOT,
    Attributes,
    Column,
    Kind,
    ListingBuilder,
    decode_columns,
    encode_columns,
)
from zpack.errors import ArchiveDamaged
from zpack.filesystem import SourceFile
from zpack.jobs import Control
from zpack.native.frame_pool import FramePool
from zpack.native.layout import DIGESTS_TAG, INDEX_TAG, encode_section
from zpack.native.locator import Locator, Section, decode_locator, encode_locator
from zpack.native.lz4_profile import TAR_LZ4
from zpack.native.profile import Profile
from zpack.native.tail import Tail, read_tail
from zpack.native.writer import ArchiveWriter
from zpack.native.zstd_profile import TAR_ZST
from zpack.operations import Proof, VerifyReport, VerifyRequest, verify

Change = Callable[..., object]
FOLDER = Attributes(Kind.DIRECTORY, 0o755)


def same(value: object) -> object:
    return value


@dataclass
class Content:
    """What goes into an archive: files, hard links, symbolic links and folders, all top-level."""

    files: dict[bytes, bytes] = field(default_factory=dict)
    hard: dict[bytes, bytes] = field(default_factory=dict)
    soft: dict[bytes, bytes] = field(default_factory=dict)
    folders: tuple[bytes, ...] = ()


def make_archive(
    content: Content,
    capacity: int = 1 << 16,
    threads: int = 1,
    profile: Profile = TAR_ZST,
    *,
    rewritable: bool = True,
) -> bytes:
    """An archive by our writer; without ``rewritable`` as it is written to a pipe."""
    rows, out, control = ListingBuilder(), bytearray(), Control()
    number = {name: _append(rows, content, name) for name in _names(content)}
    envelope = profile.envelope(rewritable)
    with FramePool(
        out.extend, lambda: profile.encoder(1, 0, False), capacity, threads, control, envelope
    ) as pool:
        writer = ArchiveWriter(pool, capacity, rows, out.extend, control.check, profile)
        for name, data in content.files.items():
            attributes = rows.attributes(number[name])
            writer.add_file(number[name], name, attributes, io.BytesIO(data).readinto)
        for name, target in (content.hard | content.soft).items():
            writer.add_entry(number[name], name, target)
        writer.begin_folders()
        for name in content.folders:
            writer.add_entry(number[name], name)
        writer.finish(rows, writer.digests)
    start = envelope.begin()
    out[: len(start)] = start
    return bytes(out)


def _names(content: Content) -> list[bytes]:
    return sorted([*content.files, *content.hard, *content.soft, *content.folders])


def _append(rows: ListingBuilder, content: Content, name: bytes) -> int:
    if name in content.files:
        return rows.append(ROOT, name, Attributes(Kind.FILE, 0o644, len(content.files[name]), 7, 8))
    if name in content.folders:
        return rows.append(ROOT, name, FOLDER)
    kind = Kind.HARD_LINK if name in content.hard else Kind.SYMLINK
    row = rows.append(ROOT, name, Attributes(kind, 0o777))
    rows.links[row] = (content.hard | content.soft)[name]
    return row


SMALL = Content(
    files={b"a.txt": b"alpha\n" * 50, b"b.bin": bytes(range(256)) * 3, b"none": b""},
    hard={b"a again": b"a.txt"},
    soft={b"to b": b"b.bin"},
    folders=(b"folder",),
)


@dataclass
class Parts:
    """An archive, taken apart. ``columns`` are those of the index, by name; ``head`` and ``end``
    are what stands around the frames."""

    frames: list[bytes]
    dsizes: list[int]
    rows: int
    columns: dict[str, Column]
    digests: bytes
    profile: Profile = TAR_ZST
    head: bytes = b""
    end: bytes = b""

    def contents(self) -> list[bytes]:
        """What is in each frame."""
        if self.profile is TAR_ZST:
            return [decompress(f, s) for f, s in zip(self.frames, self.dsizes, strict=True)]
        readers = (
            Lz4BlockReader(io.BytesIO(frame), len(frame), size)
            for frame, size in zip(self.frames, self.dsizes, strict=True)
        )
        return [drained(reader) for reader in readers]

    def put_contents(self, contents: list[bytes]) -> None:
        """Other frames, right in themselves."""
        encoder, envelope = self.profile.encoder(1, 0, False), self.profile.envelope(True)
        self.frames = [encoder.encode(memoryview(each), lambda: None) for each in contents]
        self.dsizes = [len(each) for each in contents]
        for each in contents:
            envelope.add(memoryview(each))
        self.head, self.end = envelope.begin(), envelope.end()
        self.count_frames()

    def values(self, name: str) -> array:
        """A column to read or change in place."""
        column = self.columns[name]
        if not isinstance(column.data, array):
            data = array(column.type, bytes(column.data))
            self.columns[name] = column = replace(column, data=data)
        return column.data

    def count_frames(self) -> None:
        """The columns of frames as the frames are."""
        sizes = [len(frame) for frame in self.frames]
        offsets = (len(self.head) + sum(sizes[:number]) for number in range(len(sizes)))
        hashes = map(xxhash.xxh3_64_intdigest, self.frames)
        for name, code, values in (
            ("frame_offset", "Q", offsets),
            ("frame_csize", "I", sizes),
            ("frame_dsize", "I", self.dsizes),
            ("frame_xxh3", "Q", hashes),
        ):
            self.columns[name] = Column(name, code, array(code, values))


def take_apart(data: bytes) -> Parts:
    profile, locator = _locator_of(data)
    index, proof = locator.index, locator.digests
    body = data[index.offset + 24 : index.end]
    rows, columns = decode_columns(body, decompress)
    named = {name: Column(name, view.format, bytes(view)) for name, view in columns.items()}
    starts = [*columns["frame_offset"], index.offset - profile.end_length]
    frames = [data[start:end] for start, end in itertools.pairwise(starts)]
    digests = decompress(data[proof.offset + 32 : proof.end], 16 * rows) if proof else b""
    sizes = list(columns["frame_dsize"])
    end = data[starts[-1] : index.offset]
    return Parts(frames, sizes, rows, named, digests, profile, data[: starts[0]], end)


def _locator_of(data: bytes) -> tuple[Profile, Locator]:
    if data[-4:] == struct.pack("<I", 0x8F92EAB1):
        at = len(data) - 17 - 8 * struct.unpack("<I", data[-9:-5])[0]
        return TAR_ZST, decode_locator(data[at - 136 : at])
    return TAR_LZ4, decode_locator(data[-136:])


def put_together(
    parts: Parts,
    *,
    index: Change = same,
    proof: Change = same,
    locator: Change = same,
    packed: Change = same,
    table: Change = same,
    lengths: Change = same,
) -> bytes:
    """The archive, with changes to: the bytes of the sections, the locator before and after it is
    packed (its checksum is made anew), the seek table, and what it says of trailing frames."""
    body = encode_columns(parts.rows, parts.columns.values(), compress)
    sections = [index(b"".join(encode_section(INDEX_TAG, body)))]
    stored = struct.pack("<Q", len(parts.digests) // 16) + compress(parts.digests)
    sections.append(proof(b"".join(encode_section(DIGESTS_TAG, stored))))
    at = len(parts.head) + sum(map(len, parts.frames)) + len(parts.end)
    places = []
    for section in sections:
        places.append(Section(at, len(section), xxhash.xxh3_128_digest(section)))
        at += len(section)
    told = Locator(*places, None, sum(parts.dsizes), len(parts.frames), parts.profile.lz4)
    told = locator(replace(told, content_checksum=int.from_bytes(parts.end[4:], "little")))
    payload = packed(encode_locator(told)[:-8])
    sections.append(payload + struct.pack("<Q", xxhash.xxh3_64_intdigest(payload[8:])))
    data = [parts.head, *parts.frames, parts.end, *sections]
    if parts.profile is TAR_LZ4:
        return b"".join(data)
    trailing = lengths([(len(section), 0) for section in sections])
    pairs = [*zip(map(len, parts.frames), parts.dsizes, strict=True), *trailing]
    seek = SeekTable(array("I", (c for c, _ in pairs)), array("I", (d for _, d in pairs)))
    return b"".join((*data, table(encode_seek_table(seek))))


def tail_of(path: Path, data: bytes) -> Tail:
    """What our reader makes of it."""
    path.write_bytes(data)
    with SourceFile(str(path)) as source:
        return read_tail(source)


def verified(path: Path, data: bytes | None = None) -> VerifyReport:
    if data is not None:
        path.write_bytes(data)
    return verify(VerifyRequest(str(path), threads=1), Control())


def check_damaged(parts: Parts, path) -> list[str]:
    """Never proven; the paths that the report names."""
    try:
        report = verified(path / "a", put_together(parts))
    except ArchiveDamaged:
        return []
    assert report.proof is Proof.DAMAGED
    assert report.good < report.files or report.problems
    return [problem.path for problem in report.problems]
