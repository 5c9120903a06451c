"""Entries as tar headers (docs/format.md, section 2)."""

from functools import lru_cache
from zlib import adler32

from zpack.entries import Attributes, Device, Kind, Owner
from zpack.tar.blocks import BLOCK, padding
from zpack.tar.numbers import byte_sum
from zpack.tar.pax import write_record
from zpack.tar.sparse import packed_size, stand_in_path

END = bytes(2 * BLOCK)
_NAME, _PREFIX, _LINK, _PERSON = 100, 155, 100, 32
_OCTAL_7 = 0o7777777
_OCTAL_11 = 0o77777777777
_TYPES = {
    Kind.FILE: b"0",
    Kind.HARD_LINK: b"1",
    Kind.SYMLINK: b"2",
    Kind.CHARACTER_DEVICE: b"3",
    Kind.BLOCK_DEVICE: b"4",
    Kind.DIRECTORY: b"5",
    Kind.FIFO: b"6",
}
# A block is three parts and the checksum's field: name; size and time; and between and behind them
# what is the same for most entries of an owner.
_NUMBERS = b"%011o\0%011o\0"
_BACK = b"%b%b%b%b%b%b"
_BLANKS = 8 * ord(" ")
_MAGIC = b"ustar\x0000"
_NO_DEVICE = bytes(16)
_DIRECTORY = Kind.DIRECTORY


def encode_entry(path: bytes, attributes: Attributes, link: bytes = b"") -> bytes:
    """The headers of one entry: a ``ustar`` block, after an extended header where one is needed.

    ``path`` without a slash at its end.
    """
    kind, size, mtime, holes = attributes.kind, attributes.size, attributes.mtime, attributes.holes
    if kind == _DIRECTORY:
        path += b"/"
    records: list[tuple[bytes, bytes]] = []
    sparse: tuple[tuple[bytes, bytes], ...] = ()
    if holes is not None and holes.packed:
        sparse = _sparse_records(path, size)
        path, size = stand_in_path(path), packed_size(holes, size)
    name, prefix = path, b""
    if len(path) > _NAME or not path.isascii():
        name, prefix, fits = _split(path)
        if not fits:
            records.append((b"path", path))
    if len(link) > _LINK or not link.isascii():
        records.append((b"linkpath", link))
    if size > _OCTAL_11:
        records.append((b"size", b"%d" % size))
        size = 0
    if attributes.mtime_ns or not 0 <= mtime <= _OCTAL_11:
        records.append((b"mtime", _decimal(mtime, attributes.mtime_ns)))
        mtime = 0
    middle, back, back_sum, owner_records = _usual(kind, attributes.mode, attributes.owner)
    records += owner_records
    records += sparse
    if link or prefix or attributes.device:
        people = _owner_fields(attributes.owner)[1]
        back = _back(kind, link, people, attributes.device, prefix)
        back_sum = byte_sum(back)
    front = name.ljust(_NAME, b"\0") + middle + _NUMBERS % (size, mtime)
    header = _block(front, back, back_sum)
    if not (records or attributes.extras):
        return header
    return _extended(b"x", b"PaxHeaders/zpack", records, attributes.extras) + header


def _sparse_records(path: bytes, size: int) -> tuple[tuple[bytes, bytes], ...]:
    return (
        (b"GNU.sparse.major", b"1"),
        (b"GNU.sparse.minor", b"0"),
        (b"GNU.sparse.name", path),
        (b"GNU.sparse.realsize", b"%d" % size),
    )


def _back(kind: int, link: bytes, people: bytes, device: Device | None, prefix: bytes) -> bytes:
    """What follows the checksum."""
    return _BACK % (
        _TYPES[Kind(kind)],
        link[:_LINK].ljust(_LINK, b"\0"),
        _MAGIC,
        people,
        b"%07o\0%07o\0" % device if device else _NO_DEVICE,
        prefix.ljust(_PREFIX + 12, b"\0"),
    )


@lru_cache(maxsize=1024)
def _usual(
    kind: int, mode: int, owner: Owner
) -> tuple[bytes, bytes, int, tuple[tuple[bytes, bytes], ...]]:
    """What follows the name; what follows the checksum, and the sum of its bytes; and records."""
    ids, people, records = _owner_fields(owner)
    back = _back(kind, b"", people, None, b"")
    return b"%07o\0%b" % (mode, ids), back, byte_sum(back), records


def _block(front: bytes, back: bytes, back_sum: int) -> bytes:
    # 148 bytes sum to less than Adler-32's modulus: see byte_sum.
    return front + b"%06o\0 " % ((adler32(front) & 0xFFFF) - 1 + _BLANKS + back_sum) + back


def _split(path: bytes) -> tuple[bytes, bytes, bool]:
    """Name, prefix, and whether they are the whole path."""
    if path.isascii() and len(path) <= _PREFIX + 1 + _NAME:
        at = path.find(b"/", max(0, len(path) - _NAME - 1))
        if 0 < at <= _PREFIX and at < len(path) - 1:
            return path[at + 1 :], path[:at], True
    return path[:_NAME], b"", False


def _decimal(seconds: int, ns: int) -> bytes:
    if seconds < 0 and ns:
        seconds, ns = seconds + 1, 1_000_000_000 - ns
        return b"-%d.%09d" % (-seconds, ns)
    return b"%d.%09d" % (seconds, ns) if ns else b"%d" % seconds


@lru_cache(maxsize=256)
def _owner_fields(owner: Owner) -> tuple[bytes, bytes, tuple[tuple[bytes, bytes], ...]]:
    records = []
    ids = []
    for key, number in ((b"uid", owner.uid), (b"gid", owner.gid)):
        if number > _OCTAL_7:
            records.append((key, b"%d" % number))
        ids.append(0 if number > _OCTAL_7 else number)
    for key, name in ((b"uname", owner.user), (b"gname", owner.group)):
        if len(name) > _PERSON or not name.isascii():
            records.append((key, name))
    people = owner.user[:_PERSON].ljust(_PERSON, b"\0") + owner.group[:_PERSON].ljust(
        _PERSON, b"\0"
    )
    return b"%07o\0%07o\0" % tuple(ids), people, tuple(records)


def _extended(
    kind: bytes, name: bytes, records: list[tuple[bytes, bytes]], extras: bytes = b""
) -> bytes:
    body = b"".join([write_record(key, value) for key, value in records])
    if not body.isascii() and not all(_is_utf8(value) for _, value in records):
        body = write_record(b"hdrcharset", b"BINARY") + body
    body += extras
    return _extended_header(kind, name, len(body)) + body + bytes(padding(len(body)))


@lru_cache(maxsize=256)
def _extended_header(kind: bytes, name: bytes, size: int) -> bytes:
    front = name.ljust(_NAME, b"\0") + b"%07o\0%07o\0%07o\0" % (0o644, 0, 0) + _NUMBERS % (size, 0)
    back = kind + bytes(_LINK) + _MAGIC + bytes(2 * _PERSON + len(_NO_DEVICE) + _PREFIX + 12)
    return _block(front, back, byte_sum(back))


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


MARKER = _extended(b"g", b"pax_global_header", [(b"comment", b"zpack 1")])
