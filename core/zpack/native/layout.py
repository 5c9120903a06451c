"""Numbers of the format, and sections (docs/format.md, sections 1 and 3)."""

import struct

SECTION_MAGIC = 0x184D2A5D
RECOVERY_MAGIC = 0x184D2A5C
INDEX_TAG = b"zpkindex"
DIGESTS_TAG = b"zpkdigst"
RECOVERY_TAG = b"zpkrecov"
LOCATOR_TAG = b"zpklocat"
MAJOR, MINOR = 1, 0

_HEAD = struct.Struct("<II8sHHHH")
_MAX_PART = 0xFFFFFFFF - 8 - (_HEAD.size - 8)  # so that the frame's length fits in 32 bits
_FRAME_HEAD = 8


class LayoutError(ValueError):
    """The trailing frames are not as docs/format.md says."""


class NewerVersion(LayoutError):
    """A section of a major version that this program doesn't know."""

    def __init__(self, version: int) -> None:
        super().__init__(f"a section has version {version}")
        self.version = version


def encode_section(tag: bytes, body: bytes, *, part_size: int = _MAX_PART) -> list[bytes]:
    """The skippable frames of a section."""
    count = max(1, -(-len(body) // part_size))
    parts = []
    for number in range(count):
        part = body[number * part_size : (number + 1) * part_size]
        length = len(part) + _HEAD.size - _FRAME_HEAD
        head = _HEAD.pack(SECTION_MAGIC, length, tag, MAJOR, MINOR, number, count)
        parts.append(head + part)
    return parts


def decode_section(tag: bytes, data: bytes) -> "memoryview[int]":
    """The body of the section that fills ``data``. Raises :class:`LayoutError`."""
    view = memoryview(data)
    bodies: list[memoryview[int]] = []
    counts = set()
    at = 0
    while at < len(view) or not bodies:
        if len(view) - at < _HEAD.size:
            raise LayoutError("a section is cut short")
        magic, length, found, major, _, number, count = _HEAD.unpack_from(view, at)
        if magic != SECTION_MAGIC or found != tag:
            raise LayoutError("a section is missing")
        if major != MAJOR:
            raise NewerVersion(major)
        end = at + _FRAME_HEAD + length
        if number != len(bodies) or length < _HEAD.size - _FRAME_HEAD or end > len(view):
            raise LayoutError("a section's parts do not fit together")
        bodies.append(view[at + _HEAD.size : end])
        counts.add(count)
        at = end
    if counts != {len(bodies)}:
        raise LayoutError("a section's parts do not fit together")
    return bodies[0] if len(bodies) == 1 else memoryview(b"".join(bodies))


def section_frames(data: bytes) -> list[int]:
    """Lengths of the skippable frames that fill ``data``, a section that was decoded."""
    lengths, at = [], 0
    while at < len(data):
        length = _FRAME_HEAD + int.from_bytes(data[at + 4 : at + 8], "little")
        lengths.append(length)
        at += length
    return lengths
