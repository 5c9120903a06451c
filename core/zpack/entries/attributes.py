"""What is known of one entry besides its name: a value in passing, never kept in long lists."""

from dataclasses import dataclass
from typing import NamedTuple


class Owner(NamedTuple):
    """Whose an entry is; names may be empty. A tuple: it is a key for each entry's row."""

    uid: int
    gid: int
    user: bytes
    group: bytes


NOBODY = Owner(0, 0, b"", b"")


@dataclass(slots=True)
class Attributes:
    """``size`` in bytes; ``mtime`` in seconds since 1970, rounded down, ``mtime_ns`` on top."""

    kind: int
    mode: int = 0o755
    size: int = 0
    mtime: int = 0
    mtime_ns: int = 0
    owner: Owner = NOBODY
