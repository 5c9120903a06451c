"""What can be asked of creating."""

from enum import Enum

from zpack.records import record


class Originals(Enum):
    """What becomes of the sources once they are in the archive."""

    KEEP = "keep"
    DELETE = "delete"
    TRASH = "trash"


@record
class CreateRequest:
    """Make ``target`` of ``sources``. Without a ``preset`` the ending of ``target`` chooses:
    *fastest* for ``.tar.lz4``, else *balanced*. ``level`` (1-22, with lz4 1-12) overrides the
    preset's; ``threads`` 0 means one a core.

    Left out are what matches ``exclude``, patterns in the syntax of ``.gitignore`` for paths inside
    the archive, or a line of the files ``exclude_from``; with ``exclude_vcs`` what version control
    keeps, with ``exclude_caches`` caches (docs/command-line.md lists both).

    With ``dereference`` symbolic links are followed: what they lead to is stored in their place.
    Without ``owners`` everything gets the ids 0 and no names. Times later than ``latest``, in
    seconds since 1970, become that.

    With ``verify`` the archive is read back from the disk and verified before it takes its name.
    A ``target`` of ``-`` is standard output. With ``volume_size``, in bytes, the archive is written
    as ``target.001``, ``target.002`` and so on, of that size but the last.

    With ``recovery`` it gets a recovery record of so many percent of it, 1 to 100.

    ``originals`` other than ``KEEP`` implies that: afterwards what is in the archive, and still as
    it was read, is deleted or moved to the trash.
    """

    target: str
    sources: tuple[str, ...]
    preset: str | None = None
    level: int | None = None
    threads: int = 0
    overwrite: bool = False
    exclude: tuple[str, ...] = ()
    exclude_from: tuple[str, ...] = ()
    exclude_vcs: bool = False
    exclude_caches: bool = False
    dereference: bool = False
    owners: bool = True
    latest: int | None = None
    verify: bool = False
    originals: Originals = Originals.KEEP
    volume_size: int | None = None
    recovery: int | None = None

    @property
    def to_stream(self) -> bool:
        """Whether the archive goes to standard output."""
        return self.target == "-"

    @property
    def verifies(self) -> bool:
        """Whether the archive is verified before it takes its name."""
        return self.verify or self.originals is not Originals.KEEP


@record
class CreateEachRequest:
    """An archive of its own for each source of ``each``, whose target is the folder for them: it is
    made if it doesn't exist."""

    each: CreateRequest


@record
class CreateFromTarRequest:
    """Make the archive of ``wishes``, which has no sources, of the entries of ``tar``: a file, or
    ``-`` for standard input."""

    tar: str
    wishes: CreateRequest
