"""Where everything of a recovery record is, and the head that tells it (docs/format.md, 6)."""

import struct

import xxhash

from zpack.native.layout import MAJOR, MINOR, RECOVERY_MAGIC, RECOVERY_TAG, LayoutError
from zpack.records import record

HEAD_SIZE = 80
_HEAD = struct.Struct("<II8sHHHHQQIIHHI16s")
_CHECKSUM = struct.Struct("<Q")
_FRAME_HEAD = 8
_LZ4 = 1
PAGE_SHARES = 512
PAGE_HEAD = 8
ENTRY = 12  # bytes of a page for each share
_LEAST_SHARE, _MOST_SHARE, _SHARE_STEP = 64, 1 << 24, 64
_MOST_SHARES = 1 << 22
_MOST_IN_GROUP = 256
_MOST_PARTS = 0xFFFF
_PART = 1 << 31  # bytes of recovery shares in a part, at most
MOST_PERCENT = 100


@record
class Geometry:
    """``protected``: how many bytes of the file, from its beginning, the record covers.
    ``recovery``: shares of each group. ``name`` is that of the record, empty until it is known."""

    protected: int
    index_at: int
    share_size: int
    groups: int
    recovery: int
    percent: int
    parts: int
    lz4: bool = False
    name: bytes = b""

    @property
    def data_shares(self) -> int:
        """How many there are, N."""
        return -(-self.protected // self.share_size)

    @property
    def recovery_shares(self) -> int:
        """How many there are, R."""
        return self.recovery * self.groups

    @property
    def shares(self) -> int:
        """How many there are of either sort."""
        return self.data_shares + self.recovery_shares

    @property
    def group_data(self) -> int:
        """Data shares of a group, k; some groups may have one less, which counts as zeros."""
        return -(-self.data_shares // self.groups)

    def first_recovery(self, group: int) -> int:
        """The first recovery share of a group, from 0; the others follow at every G-th."""
        return (group - self.data_shares) % self.groups

    @property
    def pages(self) -> int:
        """How many pages the table of shares has."""
        return -(-self.shares // PAGE_SHARES)

    @property
    def table_size(self) -> int:
        """Bytes of all pages."""
        return self.pages * PAGE_HEAD + self.shares * ENTRY

    def page_size(self, number: int) -> int:
        """Bytes of a page."""
        shares = min(PAGE_SHARES, self.shares - number * PAGE_SHARES)
        return PAGE_HEAD + shares * ENTRY

    def page_at(self, number: int) -> int:
        """Where in the table a page begins."""
        return number * (PAGE_HEAD + PAGE_SHARES * ENTRY)

    def first_in_part(self, part: int) -> int:
        """The first recovery share, from 0, that is in a part (of one more: those before it)."""
        return min(self.recovery_shares, self.recovery_shares * part // (self.parts - 1))

    def part_length(self, part: int) -> int:
        """Bytes of a recovery frame."""
        shares = self.first_in_part(part + 1) - self.first_in_part(part)
        return HEAD_SIZE + self.table_size + shares * self.share_size

    @property
    def part_lengths(self) -> list[int]:
        """Those of all of them."""
        return list(map(self.part_length, range(self.parts)))

    def part_at(self, part: int) -> int:
        """Where in the file a recovery frame begins; of one more: where the record ends."""
        before = part * (HEAD_SIZE + self.table_size)
        return self.protected + before + self.first_in_part(part) * self.share_size

    @property
    def end(self) -> int:
        """Where in the file the record ends."""
        return self.part_at(self.parts)

    def share_at(self, share: int) -> int:
        """Where in the file a share begins, of either sort."""
        if share < self.data_shares:
            return share * self.share_size
        number = share - self.data_shares
        # The last part whose first share is this one or one before it.
        part = ((number + 1) * (self.parts - 1) - 1) // self.recovery_shares
        inside = number - self.first_in_part(part)
        return self.part_at(part) + HEAD_SIZE + self.table_size + inside * self.share_size

    def share_length(self, share: int) -> int:
        """How many bytes of it are in the file: less than the size only of the last data share."""
        if share < self.data_shares:
            return min(self.share_size, self.protected - share * self.share_size)
        return self.share_size

    @property
    def burst(self) -> int:
        """The longest stretch of damage that is undone wherever it is, in bytes."""
        return (self.recovery_shares - 1) * self.share_size + 1


def encode_head(geometry: Geometry, part: int) -> bytes:
    """The first 80 bytes of a recovery frame."""
    head = _HEAD.pack(
        RECOVERY_MAGIC,
        geometry.part_length(part) - _FRAME_HEAD,
        RECOVERY_TAG,
        MAJOR,
        MINOR,
        part,
        geometry.parts,
        geometry.protected,
        geometry.index_at,
        geometry.share_size,
        geometry.groups,
        geometry.recovery,
        geometry.percent,
        _LZ4 if geometry.lz4 else 0,
        geometry.name,
    )
    return head + _CHECKSUM.pack(xxhash.xxh3_64_intdigest(head))


def decode_head(data: bytes) -> tuple[Geometry, int]:
    """The geometry, and the number of the part. Raises :class:`LayoutError` if it is not a head
    that can be trusted."""
    if len(data) < HEAD_SIZE:
        raise LayoutError("a recovery frame is cut short")
    head = data[: _HEAD.size]
    if _CHECKSUM.unpack_from(data, _HEAD.size)[0] != xxhash.xxh3_64_intdigest(head):
        raise LayoutError("a recovery frame's head has another checksum than it says")
    magic, length, tag, major, _, part, parts, *fields, flags, name = _HEAD.unpack(head)
    if magic != RECOVERY_MAGIC or tag != RECOVERY_TAG or major != MAJOR:
        raise LayoutError("a recovery frame is of another kind")
    if flags & ~_LZ4:
        raise LayoutError("a recovery frame has a reserved field that is not zero")
    protected, index_at, share_size, groups, recovery, percent = fields
    geometry = Geometry(
        protected, index_at, share_size, groups, recovery, percent, parts, bool(flags), name
    )
    _check(geometry)
    if part >= parts or geometry.part_length(part) != length + _FRAME_HEAD:
        raise LayoutError("a recovery frame has another length than it says")
    return geometry, part


def _check(geometry: Geometry) -> None:
    size, groups = geometry.share_size, geometry.groups
    good = (
        _LEAST_SHARE <= size <= _MOST_SHARE
        and not size % _SHARE_STEP
        and 0 <= geometry.index_at < geometry.protected
        and groups >= 1
        and geometry.recovery >= 1
        and 1 <= geometry.percent <= MOST_PERCENT
        and 3 <= geometry.parts <= _MOST_PARTS
    )
    # Counts only once the numbers that they come from make sense.
    if not good or geometry.shares > _MOST_SHARES or groups > geometry.data_shares:
        raise LayoutError("a recovery frame's numbers make no sense")
    if geometry.group_data + geometry.recovery > _MOST_IN_GROUP:
        raise LayoutError("a recovery frame's numbers make no sense")


def choose_geometry(
    protected: int, index_at: int, percent: int, *, lz4: bool = False, part_bytes: int = _PART
) -> Geometry:
    """That of a new record: see docs/format.md. ``part_bytes`` is for tests."""
    size, most = 256, min(65_536, max(8192, protected // 1024))
    while 2 * size <= min(protected // 128, most):
        size *= 2
    while protected > size << 20:
        size *= 2
    shares = -(-protected // size)
    groups = -(-shares // min(200, 1000 // percent))
    in_group = -(-shares // groups)
    recovery = max(2, -(-in_group * percent // 100))
    parts = 1 + max(2, -(-recovery * groups * size // part_bytes))
    return Geometry(protected, index_at, size, groups, recovery, percent, parts, lz4)
