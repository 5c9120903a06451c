"""What can be asked for to change an archive. Paths in it are as ``list`` shows them.

``preset`` (none: the usual one for archives of its kind) and ``level`` tell how what is coded anew
is compressed; ``threads`` 0 means one a core. With a ``stamp`` the archive must still be the file
that the stamp was taken of.
"""

from zpack.records import record


@record
class ArchiveStamp:
    """What tells one state of a file from another: size in bytes, time in ns since 1970, and which
    file it is."""

    size: int
    mtime_ns: int
    device: int
    inode: int


@record
class AddRequest:
    """Put ``sources``, files and folders on the disk, into ``folder`` of the archive (empty: its
    top), each under its own name. A folder that is there already gets what is in the source; a
    file that is there is refused, or with ``replace`` replaced. ``exclude`` and what follows it are
    as those of :class:`CreateRequest`."""

    archive: str
    sources: tuple[str, ...]
    folder: str = ""
    replace: bool = False
    preset: str | None = None
    level: int | None = None
    threads: int = 0
    exclude: tuple[str, ...] = ()
    exclude_from: tuple[str, ...] = ()
    exclude_vcs: bool = False
    exclude_caches: bool = False
    dereference: bool = False
    owners: bool = True
    latest: int | None = None
    stamp: ArchiveStamp | None = None


@record
class DeleteRequest:
    """Take ``members`` out of the archive, with all below them."""

    archive: str
    members: tuple[str, ...]
    preset: str | None = None
    level: int | None = None
    threads: int = 0
    stamp: ArchiveStamp | None = None


@record
class RenameRequest:
    """Give ``member``, with all below it, the path ``new_path``; folders on the way to it are made,
    their time now, but not after ``latest`` (seconds since 1970). Nothing may have that path
    yet."""

    archive: str
    member: str
    new_path: str
    preset: str | None = None
    level: int | None = None
    threads: int = 0
    latest: int | None = None
    stamp: ArchiveStamp | None = None


@record
class MakeFolderRequest:
    """Make the folders ``paths``, and those on the way to them. Their time is now, but not after
    ``latest`` (seconds since 1970)."""

    archive: str
    paths: tuple[str, ...]
    preset: str | None = None
    level: int | None = None
    threads: int = 0
    latest: int | None = None
    stamp: ArchiveStamp | None = None


EditRequest = AddRequest | DeleteRequest | RenameRequest | MakeFolderRequest
