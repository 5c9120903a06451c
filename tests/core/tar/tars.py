"""Tars made and read by others, and our reader over any bytes."""

import io
import tarfile
from dataclasses import dataclass

from hypothesis import strategies as st

from zpack.entries import Attributes, Kind, Owner
from zpack.tar import BLOCK, BlockReader, EntryReader, Header

TYPES = {
    Kind.FILE: tarfile.REGTYPE,
    Kind.HARD_LINK: tarfile.LNKTYPE,
    Kind.SYMLINK: tarfile.SYMTYPE,
    Kind.DIRECTORY: tarfile.DIRTYPE,
}
COMPONENT = st.one_of(
    st.text(alphabet="abc.-_ ", min_size=1, max_size=12).map(str.encode),
    st.text(alphabet="äπ🙂\n", min_size=1, max_size=6).map(str.encode),
    st.binary(min_size=1, max_size=8).map(lambda b: b.replace(b"/", b"_").replace(b"\0", b"_")),
    st.integers(90, 160).map(lambda n: b"n" * n),
)
PATHS = st.one_of(
    st.lists(COMPONENT, min_size=1, max_size=5).map(b"/".join),
    st.integers(1, 4096).map(lambda n: (b"long/path/" * 410)[:n].rstrip(b"/") or b"l"),
)
NAMES = st.one_of(
    st.just(b""),
    st.text(alphabet="abcdef", min_size=1, max_size=40).map(str.encode),
    st.sampled_from(["Jürgen".encode(), b"J\xfcrgen", b"x" * 32, b"x" * 33]),
)
IDS = st.one_of(st.integers(0, 0xFFFFFFFF), st.sampled_from([0, 0o7777777, 0o10000000]))
OWNERS = st.builds(Owner, IDS, IDS, NAMES, NAMES)
SIZES = st.one_of(
    st.integers(0, 1000), st.sampled_from([2**33 - 1, 2**33, 2**40]), st.integers(0, 2**62)
)
TIMES = st.one_of(
    st.integers(-(2**34), 2**34),
    st.sampled_from([0, -1, 2**31, 2**33 - 1, 2**33, 253_402_300_799, -62_135_596_800]),
)
FRACTIONS = st.one_of(st.just(0), st.integers(0, 999_999_999), st.sampled_from([1, 500_000_000]))


@st.composite
def entries(draw) -> tuple[bytes, Attributes, bytes]:
    """Path, attributes and link target of anything that can be archived."""
    kind = draw(st.sampled_from(sorted(TYPES)))
    attributes = Attributes(
        kind,
        draw(st.integers(0, 0o7777)),
        draw(SIZES) if kind == Kind.FILE else 0,
        draw(TIMES),
        draw(FRACTIONS),
        draw(OWNERS),
    )
    link = draw(PATHS) if kind in (Kind.HARD_LINK, Kind.SYMLINK) else b""
    return draw(PATHS), attributes, link


def reader_of(data: bytes) -> tuple[EntryReader, BlockReader]:
    blocks = BlockReader(io.BytesIO(data).readinto)
    return EntryReader(blocks), blocks


def read_header(data: bytes) -> Header:
    """The only entry of these headers."""
    header = reader_of(data + bytes(2 * BLOCK))[0].next()
    assert header is not None
    return header


@dataclass
class Read:
    header: Header
    content: bytes


def read_all(data: bytes) -> list[Read]:
    """All entries of a tar with their content."""
    reader, blocks = reader_of(data)
    found = []
    while (header := reader.next()) is not None:
        content = bytearray()
        while len(content) < header.stored:
            content += blocks.some(header.stored - len(content))
        reader.finish(header)
        found.append(Read(header, bytes(content)))
    return found


def block(**fields: bytes) -> bytes:
    """A header block with these fields, and the checksum that belongs to it."""
    made = bytearray(BLOCK)
    places = {"name": 0, "mode": 100, "uid": 108, "gid": 116, "size": 124, "mtime": 136}
    places |= {"type": 156, "link": 157, "magic": 257, "prefix": 345}
    filled = {"name": b"n", "mode": b"0000644", "size": b"0", "type": b"0", "magic": b"ustar\x0000"}
    for key, value in (filled | fields).items():
        made[places[key] : places[key] + len(value)] = value
    made[148:156] = b" " * 8
    made[148:156] = b"%06o\0 " % sum(made)
    return bytes(made)


def extended(data: bytes, kind: bytes = b"x", size: int | None = None) -> bytes:
    """A header whose content describes the entry that follows."""
    size = len(data) if size is None else size
    head = block(name=b"h", type=kind, size=b"%011o" % size)
    return head + data + bytes(-len(data) % BLOCK)


def record(key: bytes, value: bytes) -> bytes:
    length = len(key) + len(value) + 3
    while len(b"%d" % length) + len(key) + len(value) + 3 != length:
        length = len(b"%d" % length) + len(key) + len(value) + 3
    return b"%d %b=%b\n" % (length, key, value)
