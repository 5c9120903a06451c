"""What a comparison finds: shapes only."""

from enum import Enum

from zpack.entries import Kind
from zpack.records import record


class Standing(Enum):
    """How an archive's entry and what is on disk stand to each other, if they are not the same."""

    MISSING = "missing"  # in the archive, not on disk
    NEW = "new"  # on disk, not in the archive
    DIFFERENT = "different"


class Aspect(Enum):
    """In what an entry and what is on disk can differ."""

    KIND = "kind"  # a device with other numbers is another kind, too
    SIZE = "size"  # then the content is not looked at
    CONTENT = "content"
    LINK = "link"  # a symbolic link's target; a hard link that is a file of its own on disk
    MODE = "mode"
    MTIME = "mtime"
    OWNER = "owner"
    XATTRS = "xattrs"  # extended attributes, ACLs among them; of files and folders


@record
class Difference:
    """One thing that is not the same. A folder that is missing or new stands for all that is in it.

    ``path`` is that in the archive, relative to the folder on disk. ``kind`` is the archive's, of
    something new the disk's; None for what no archive holds (a socket). ``aspects`` is empty unless
    it is ``DIFFERENT``.
    """

    path: str
    standing: Standing
    kind: Kind | None
    aspects: tuple[Aspect, ...] = ()
