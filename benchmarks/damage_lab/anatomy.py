"""Where each part of an archive is, read as docs/format.md says, and not by the engine: what is
judged must not be the judge."""

import io
import os
import struct
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

import lz4.block  # type: ignore[import-untyped]  # the library brings no types
import lz4.frame  # type: ignore[import-untyped]
import zstandard

_LOCATOR_SIZE = 136
_SEEK_END = struct.Struct("<IBI")
_SEEK_MAGIC = 0x8F92EAB1
_LZ4_MAGIC = b"\x04\x22\x4d\x18"
_LZ4_END = 8
_MOST_IN_BLOCK = 4 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes ``start`` to ``end`` (exclusive) of an archive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the tar: where its entry begins and ends in the tar, headers and padding too."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anatomy:
    """``frames``: the data frames; ``contents``: where the content of each begins in the tar, and
    where that of the last ends. ``seek`` is empty in the lz4 profile, ``recovery`` without a
    record."""

    size: int
    lz4: bool
    frames: tuple[Part, ...]
    contents: tuple[int, ...]
    index: Part
    digests: Part
    recovery: Part
    locator: Part
    seek: Part
    members: tuple[Member, ...]

    def frames_of(self, member: Member) -> range:
        """The frames that an entry is in."""
        touched = [
            number
            for number in range(len(self.frames))
            if self.contents[number] < member.end and self.contents[number + 1] > member.start
        ]
        return range(touched[0], touched[-1] + 1)


def read_anatomy(path: Path) -> Anatomy:
    """Of an archive that is whole."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        is_lz4 = file.read(4) == _LZ4_MAGIC
        seek = Part(size, size) if is_lz4 else _seek_table(file, size)
        locator = Part(seek.start - _LOCATOR_SIZE, seek.start)
        file.seek(locator.start + 24)
        fields = struct.unpack("<QQ16sQQ16sQQQQ", file.read(96))
        index, digests = _part(*fields[0:2]), _part(*fields[3:5])
        recovery = _part(*fields[6:8]) if fields[7] else Part(locator.start, locator.start)
        frames = _blocks(file, index) if is_lz4 else _frames(file, seek, fields[9])
    members, contents = _members(path, is_lz4), _contents(path, frames, is_lz4)
    return Anatomy(size, is_lz4, frames, contents, index, digests, recovery, locator, seek, members)


def _part(start: int, length: int) -> Part:
    return Part(start, start + length)


def _seek_table(file: BinaryIO, size: int) -> Part:
    file.seek(size - _SEEK_END.size)
    count, _, magic = _SEEK_END.unpack(file.read(_SEEK_END.size))
    assert magic == _SEEK_MAGIC
    return Part(size - 8 - 8 * count - _SEEK_END.size, size)


def _frames(file: BinaryIO, seek: Part, count: int) -> tuple[Part, ...]:
    file.seek(seek.start + 8)
    at, frames = 0, []
    for packed, _ in struct.iter_unpack("<II", file.read(8 * count)):
        frames.append(Part(at, at + packed))
        at += packed
    return tuple(frames)


def _blocks(file: BinaryIO, index: Part) -> tuple[Part, ...]:
    file.seek(4)
    at = 15 if file.read(1)[0] & 8 else 7
    blocks = []
    while at < index.start - _LZ4_END:
        file.seek(at)
        length = 4 + (int.from_bytes(file.read(4), "little") & 0x7FFFFFFF)
        blocks.append(Part(at, at + length))
        at += length
    return tuple(blocks)


def _contents(path: Path, frames: tuple[Part, ...], is_lz4: bool) -> tuple[int, ...]:
    at, starts = 0, [0]
    with path.open("rb") as file:
        for frame in frames:
            file.seek(frame.start)
            data = file.read(frame.end - frame.start)
            at += _block_content(data) if is_lz4 else zstandard.frame_content_size(data)
            starts.append(at)
    return tuple(starts)


def _block_content(block: bytes) -> int:
    if block[3] & 0x80:
        return len(block) - 4
    return len(lz4.block.decompress(block[4:], uncompressed_size=_MOST_IN_BLOCK))


def _members(path: Path, is_lz4: bool) -> tuple[Member, ...]:
    with _tar_of(path, is_lz4) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
        return tuple(
            Member(each.name, each.offset, each.offset_data + -(-each.size // 512) * 512)
            for each in tar
            if each.isreg()
        )


@contextmanager
def _tar_of(path: Path, is_lz4: bool) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        if is_lz4:
            with lz4.frame.LZ4FrameFile(file) as stream:
                yield stream
        else:
            decoder = zstandard.ZstdDecompressor()
            yield io.BufferedReader(decoder.stream_reader(file, read_across_frames=True))
