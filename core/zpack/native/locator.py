"""The locator: where index and digests are (docs/format.md, section 7)."""

import struct

import xxhash

from zpack.native.layout import (
    LOCATOR_TAG,
    MAJOR,
    MINOR,
    SECTION_MAGIC,
    LayoutError,
    NewerVersion,
)
from zpack.records import record

_PAYLOAD = struct.Struct("<8sHHIQQ16sQQ16sQQQQII")
_FRAME = struct.Struct("<II")
_CHECKSUM = struct.Struct("<Q")
LOCATOR_LENGTH = _FRAME.size + _PAYLOAD.size + _CHECKSUM.size
_HAS_DIGESTS, _HAS_RECOVERY, _LZ4 = 1, 2, 4
_NO_DIGEST = bytes(16)


@record
class Section:
    """A section's place in the file, and XXH3-128 of those bytes (zero for recovery)."""

    offset: int = 0
    length: int = 0
    digest: bytes = _NO_DIGEST

    @property
    def end(self) -> int:
        """The offset after it."""
        return self.offset + self.length


@record
class Locator:
    """``digests`` and ``recovery`` are None where the archive has none. ``lz4``: it is of that
    profile, and ``content_checksum`` that of its LZ4 frame."""

    index: Section
    digests: Section | None
    recovery: Section | None
    tar_size: int
    frames: int
    lz4: bool = False
    content_checksum: int = 0


def encode_locator(locator: Locator) -> bytes:
    """The skippable frame, 136 bytes."""
    digests, recovery = locator.digests or Section(), locator.recovery or Section()
    flags = (_HAS_DIGESTS if locator.digests else 0) | (_HAS_RECOVERY if locator.recovery else 0)
    flags |= _LZ4 if locator.lz4 else 0
    payload = _PAYLOAD.pack(
        LOCATOR_TAG,
        MAJOR,
        MINOR,
        flags,
        locator.index.offset,
        locator.index.length,
        locator.index.digest,
        digests.offset,
        digests.length,
        digests.digest,
        recovery.offset,
        recovery.length,
        locator.tar_size,
        locator.frames,
        locator.content_checksum,
        0,
    )
    head = _FRAME.pack(SECTION_MAGIC, _PAYLOAD.size + _CHECKSUM.size)
    return head + payload + _CHECKSUM.pack(xxhash.xxh3_64_intdigest(payload))


def decode_locator(data: bytes) -> Locator:
    """Raises :class:`LayoutError` if ``data`` is not a locator that can be trusted."""
    if len(data) != LOCATOR_LENGTH:
        raise LayoutError("there is no locator")
    head, payload, checksum = data[:8], data[8:-8], data[-8:]
    if head != _FRAME.pack(SECTION_MAGIC, len(payload) + len(checksum)):
        raise LayoutError("there is no locator")
    fields = _PAYLOAD.unpack(payload)
    tag, major, _, flags, *places, tar_size, frames, content, reserved = fields
    if tag != LOCATOR_TAG:
        raise LayoutError("there is no locator")
    if _CHECKSUM.unpack(checksum)[0] != xxhash.xxh3_64_intdigest(payload):
        raise LayoutError("the locator's checksum does not match")
    if major != MAJOR:
        raise NewerVersion(major)
    lz4 = bool(flags & _LZ4)
    if flags & ~(_HAS_DIGESTS | _HAS_RECOVERY | _LZ4) or reserved or (content and not lz4):
        raise LayoutError("the locator has a reserved field that is not zero")
    digests, recovery = Section(*places[3:6]), Section(*places[6:8])
    if (digests != Section()) != bool(flags & _HAS_DIGESTS):
        raise LayoutError("the locator contradicts itself about digests")
    if (recovery != Section()) != bool(flags & _HAS_RECOVERY):
        raise LayoutError("the locator contradicts itself about recovery")
    return Locator(
        index=Section(*places[:3]),
        digests=digests if flags & _HAS_DIGESTS else None,
        recovery=recovery if flags & _HAS_RECOVERY else None,
        tar_size=tar_size,
        frames=frames,
        lz4=lz4,
        content_checksum=content,
    )
