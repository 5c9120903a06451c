"""What is known of one entry besides its name: a value in passing, never kept in long lists."""

from typing import NamedTuple

from zpack.entries.holes import Holes
from zpack.records import mutable_record


class Owner(NamedTuple):
    """Whose an entry is; names may be empty. A tuple: it is a key for each entry's row."""

    uid: int
    gid: int
    user: bytes
    group: bytes


class Device(NamedTuple):
    """Numbers of a device node."""

    major: int
    minor: int


NOBODY = Owner(0, 0, b"", b"")


@mutable_record
class Attributes:
    """``size`` in bytes; ``mtime`` in seconds since 1970, rounded down, ``mtime_ns`` on top.

    What few entries have: ``extras`` are extended attributes and ACLs, as pax records
    (docs/format.md, section 2); ``device`` is there for devices only, ``holes`` for sparse files.
    """

    kind: int
    mode: int = 0o755
    size: int = 0
    mtime: int = 0
    mtime_ns: int = 0
    owner: Owner = NOBODY
    extras: bytes = b""
    device: Device | None = None
    holes: Holes | None = None
