"""Reads the entries of a tar: ustar, pax, GNU and v7."""

from zpack.entries import Attributes, Device, Kind, Owner
from zpack.records import mutable_record
from zpack.tar.blocks import BLOCK, BlockReader, padding
from zpack.tar.numbers import TarError, checksum, read_number
from zpack.tar.pax import (
    MAX_EXTENDED,
    Records,
    extra_records,
    read_records,
    read_size,
    read_time,
)
from zpack.tar.sparse import SparseContent, is_known, read_old, read_pax

MAX_NAME = 64 << 10
_MAX_COMPONENTS = 4096
_MAX_SIZE = 1 << 62
_MAX_ID = 0xFFFFFFFF
_MAX_DEVICE = (1 << 21) - 1
_MAX_OWNER = 1024
_MAX_SECONDS = 1 << 62
_ZERO = bytes(BLOCK)
_KINDS = {
    b"0": Kind.FILE,
    b"\0": Kind.FILE,
    b"7": Kind.FILE,
    b"1": Kind.HARD_LINK,
    b"2": Kind.SYMLINK,
    b"3": Kind.CHARACTER_DEVICE,
    b"4": Kind.BLOCK_DEVICE,
    b"5": Kind.DIRECTORY,
    b"D": Kind.DIRECTORY,
    b"6": Kind.FIFO,
}
_GNU_SPARSE = b"S"
_GNU_DUMPDIR = b"D"  # a folder with a list of what was in it, from incremental backups
_VOLUME_LABELS = (b"V", b"M")
_EXTENSIONS = (b"x", b"L", b"K")  # pax, GNU's long names, GNU's long link targets


@mutable_record
class Header:
    """One entry. ``position`` is where its first header block begins, in bytes of the tar;
    ``link`` its target. ``stored`` bytes of content follow, and padding: for a file in sparse form
    (``attributes.holes``) its data without the holes. ``sparse``: it is in a form for files with
    holes that is not known, so the content is not what it says."""

    path: bytes
    attributes: Attributes
    link: bytes
    position: int
    stored: int
    sparse: bool = False


class EntryReader:
    """Reads headers from ``blocks``; the caller takes or skips what ``stored`` says, and calls
    :meth:`finish`. For one thread."""

    def __init__(self, blocks: BlockReader) -> None:
        self._blocks = blocks
        self._global: Records = {}
        self._global_size = 0
        self._owners: dict[bytes, Owner] = {}

    @property
    def marked(self) -> bool:
        """Whether zpack's marker was read."""
        return self._global.get(b"comment", b"").startswith(b"zpack ")

    @property
    def has_globals(self) -> bool:
        """Whether a global header says anything about the entries that follow it."""
        return bool(self._global.keys() - {b"comment"})

    def next(self) -> Header | None:
        """The next entry's header, or None at the tar's end. Raises :class:`TarError`."""
        start = self._blocks.position
        try:
            return self._next(start)
        except TarError as error:
            error.position = error.position or start
            raise

    def finish(self, header: Header) -> None:
        """Pass over the padding after an entry's content."""
        rest = padding(header.stored)
        if rest:
            self._blocks.skip(rest)

    def _next(self, start: int) -> Header | None:
        records: Records = {}
        extended = 0  # bytes of extended headers for this entry so far
        while True:
            if not extended and self._blocks.at_end():
                return None  # a tar without end blocks: tar takes that too
            block = bytes(self._blocks.take(BLOCK))
            if block == _ZERO:
                if extended:
                    raise TarError("an entry is missing after its extended header", start)
                return None
            _check_sum(block, self._blocks.position - BLOCK)
            kind = block[156:157]
            if kind == b"g":
                self._read_global(block)
                start = self._blocks.position  # stands for itself, before any entry
            elif kind in _VOLUME_LABELS:
                self._blocks.skip(_rounded(read_number(block[124:136])))
                start = self._blocks.position
            elif kind in _EXTENSIONS:
                data = self._long(block, extended)
                records |= _records(kind, data)
                extended += BLOCK + len(data)
            else:
                return self._entry(
                    block, self._global | records if self._global else records, start
                )

    def _read_global(self, block: bytes) -> None:
        data = self._long(block, self._global_size)
        self._global_size += len(data)
        self._global.update(read_records(data))

    def _long(self, block: bytes, before: int) -> bytes:
        """The content of an extended header; all that are in force at once share one limit."""
        size = read_number(block[124:136])
        if not 0 <= size <= MAX_EXTENDED - BLOCK - before:
            raise TarError("an extended header is too large")
        return bytes(self._blocks.take(_rounded(size))[:size])

    def _entry(self, block: bytes, records: Records, start: int) -> Header:
        path = records.get(b"GNU.sparse.name") or records.get(b"path") or _path(block)
        kind_byte = block[156:157]
        kind = _KINDS.get(kind_byte, Kind.FILE)
        if path.endswith(b"/"):
            if kind_byte in b"\x000":  # v7 had no type for folders
                kind = Kind.DIRECTORY
            path = path.rstrip(b"/") or b"/"
        link = b""
        if kind in (Kind.HARD_LINK, Kind.SYMLINK):
            link = records.get(b"linkpath") or block[157:257].partition(b"\0")[0]
        _check_name(path)
        _check_name(link)
        has_content = kind == Kind.FILE or kind_byte == _GNU_DUMPDIR
        stored = self._size(block, records) if has_content else 0
        attributes = self._attributes(block, records, kind, stored if kind == Kind.FILE else 0)
        header = Header(path, attributes, link, start, stored)
        if kind == Kind.FILE:
            self._settle_sparse(header, block, records)
        return header

    def _settle_sparse(self, header: Header, block: bytes, records: Records) -> None:
        """Put right what a header says of a file with holes."""
        content: SparseContent
        if block[156:157] == _GNU_SPARSE:
            content = read_old(block, self._blocks, header.stored)
        elif not any(key.startswith(b"GNU.sparse.") for key in records):
            return
        elif is_known(records):
            content = read_pax(records, self._blocks, header.stored)
        else:
            header.sparse = True
            return
        if content.size > _MAX_SIZE:
            raise TarError("a size makes no sense")
        header.stored = content.stored
        header.attributes.size = content.size
        header.attributes.holes = content.holes

    def _attributes(self, block: bytes, records: Records, kind: Kind, size: int) -> Attributes:
        mtime, ns = read_number(block[136:148]), 0
        if b"mtime" in records:
            mtime, ns = read_time(records[b"mtime"])
        if abs(mtime) > _MAX_SECONDS:
            raise TarError("a time makes no sense")
        mode = read_number(block[100:108]) & 0o7777
        owner = self._owner(block, records)
        attributes = Attributes(kind, mode, size, mtime, ns, owner)
        if kind in (Kind.CHARACTER_DEVICE, Kind.BLOCK_DEVICE):
            attributes.device = _device(block)
        if records and kind not in (Kind.HARD_LINK, Kind.SYMLINK):
            attributes.extras = extra_records(records)
        return attributes

    def _size(self, block: bytes, records: Records) -> int:
        size = read_size(records[b"size"]) if b"size" in records else read_number(block[124:136])
        if not 0 <= size <= _MAX_SIZE:
            raise TarError("a size makes no sense")
        return size

    def _owner(self, block: bytes, records: Records) -> Owner:
        # Few owners, many entries: the fields as they stand are the key.
        key = block[108:124] + block[265:329] if block[257:262] == b"ustar" else block[108:124]
        if records.keys() & {b"uid", b"gid", b"uname", b"gname"}:
            return _make_owner(key, records)
        owner = self._owners.get(key)
        if owner is None:
            owner = _make_owner(key, records)
            if len(self._owners) < MAX_NAME:
                self._owners[key] = owner
        return owner


def _records(kind: bytes, data: bytes) -> Records:
    if kind == b"x":
        return read_records(data)
    return {b"path" if kind == b"L" else b"linkpath": data.rstrip(b"\0")}


def _make_owner(key: bytes, records: Records) -> Owner:
    uid = read_size(records[b"uid"]) if b"uid" in records else read_number(key[:8])
    gid = read_size(records[b"gid"]) if b"gid" in records else read_number(key[8:16])
    user = records.get(b"uname", key[16:48].partition(b"\0")[0])
    group = records.get(b"gname", key[48:80].partition(b"\0")[0])
    if len(user + group) > _MAX_OWNER or b"\0" in user + group:
        raise TarError("an owner's name makes no sense")
    if not (0 <= uid <= _MAX_ID and 0 <= gid <= _MAX_ID):
        raise TarError("an owner makes no sense")
    return Owner(uid, gid, user, group)


def _device(block: bytes) -> Device:
    """Numbers of a device node; v7 had none, nor has what is cut to nothing."""
    if block[257:262] != b"ustar":
        return Device(0, 0)
    device = Device(read_number(block[329:337]), read_number(block[337:345]))
    if not all(0 <= number <= _MAX_DEVICE for number in device):
        raise TarError("a device number makes no sense")
    return device


def _path(block: bytes) -> bytes:
    name = block[:100].partition(b"\0")[0]
    if block[257:263] == b"ustar\0":  # GNU's own magic has other fields where the prefix is
        prefix = block[345:500].partition(b"\0")[0]
        return prefix + b"/" + name if prefix else name
    return name


def is_header(block: bytes) -> bool:
    """Whether 512 bytes are a header, by its checksum."""
    try:
        _check_sum(block, 0)
    except TarError:
        return False
    return True


def _check_sum(block: bytes, position: int) -> None:
    if read_number(block[148:156]) != checksum(block):
        raise TarError("a header's checksum does not match", position)


def _check_name(name: bytes) -> None:
    if len(name) > MAX_NAME or name.count(b"/") >= _MAX_COMPONENTS or b"\0" in name:
        raise TarError("a name is too long or has a NUL")


def _rounded(size: int) -> int:
    if size < 0:
        raise TarError("a size makes no sense")
    return size + padding(size)
