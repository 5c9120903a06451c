"""What can be asked for. Paths are as the system gives them (undecodable bytes as surrogates)."""

from dataclasses import dataclass
from enum import Enum

from zpack.operations.differences import Aspect
from zpack.operations.edit_requests import EditRequest
from zpack.operations.limits import USUAL_LIMITS, Limits


class Folder(Enum):
    """Whether extraction makes a folder of its own in the destination."""

    NONE = "none"  # straight into the destination
    SMART = "smart"  # only if the archive has more than one top-level item
    ALWAYS = "always"


class OnConflict(Enum):
    """What extraction does where a file exists already."""

    ASK = "ask"
    SKIP = "skip"
    OVERWRITE = "overwrite"
    RENAME = "rename"
    NEWER = "newer"  # replaces only what is older


class Originals(Enum):
    """What becomes of the sources once they are in the archive."""

    KEEP = "keep"
    DELETE = "delete"
    TRASH = "trash"


@dataclass(frozen=True, slots=True)
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

    @property
    def to_stream(self) -> bool:
        """Whether the archive goes to standard output."""
        return self.target == "-"

    @property
    def verifies(self) -> bool:
        """Whether the archive is verified before it takes its name."""
        return self.verify or self.originals is not Originals.KEEP


@dataclass(frozen=True, slots=True)
class CreateEachRequest:
    """An archive of its own for each source of ``each``, whose target is the folder for them: it is
    made if it doesn't exist."""

    each: CreateRequest


@dataclass(frozen=True, slots=True)
class CreateFromTarRequest:
    """Make the archive of ``wishes``, which has no sources, of the entries of ``tar``: a file, or
    ``-`` for standard input."""

    tar: str
    wishes: CreateRequest


@dataclass(frozen=True, slots=True)
class ExtractRequest:
    """Extract ``members`` (paths in the archive, with all below them; none: everything) into
    ``destination``, which is made if it doesn't exist. Of those ``include`` takes only what its
    patterns match, ``exclude`` leaves out what its patterns match, both with all below (.gitignore
    syntax, for paths in the archive). Paths lose their first ``strip_components``
    components, which decides on their place and on whether they are safe; files and links of whose
    paths nothing is left are left out. Names that are not UTF-8 are read in ``name_encoding``, one
    that Python knows; those that make no sense in it stay bytes.

    ``same_owner`` restores owners (by name, else by id), setuid and setgid bits, and attributes
    that give privileges; ``devices`` makes devices and FIFOs. Both are for archives that one
    trusts, and mostly for an administrator.
    """

    archive: str
    destination: str
    members: tuple[str, ...] = ()
    folder: Folder = Folder.NONE
    conflict: OnConflict = OnConflict.ASK
    threads: int = 0
    strip_components: int = 0
    same_owner: bool = False
    devices: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    limits: Limits = USUAL_LIMITS
    name_encoding: str | None = None


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """Read and check everything in ``archive``."""

    archive: str
    threads: int = 0
    limits: Limits = USUAL_LIMITS


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What is in ``archive``; names that are not UTF-8 read in ``name_encoding``."""

    archive: str
    limits: Limits = USUAL_LIMITS
    name_encoding: str | None = None


@dataclass(frozen=True, slots=True)
class InfoRequest:
    """Facts about ``archive`` as a whole."""

    archive: str
    limits: Limits = USUAL_LIMITS


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """Compare ``archive``, or ``members`` of it, with what is on disk below ``folder``: what
    extraction wrote there, or what the archive was made from.

    Aspects in ``ignore`` are not looked at; without ``CONTENT`` no file is read. Folders of the
    archive are searched for what is new; ``folder`` itself too with ``search_top``, or if the
    archive has an entry for it.
    """

    archive: str
    folder: str
    members: tuple[str, ...] = ()
    ignore: tuple[Aspect, ...] = (Aspect.OWNER, Aspect.XATTRS)
    search_top: bool = False
    threads: int = 0
    limits: Limits = USUAL_LIMITS


@dataclass(frozen=True, slots=True)
class DoctorRequest:
    """What this machine can do, and the disk of the folder ``path``."""

    path: str = "."


@dataclass(frozen=True, slots=True)
class EstimateRequest:
    """What would archives of ``sources`` be? What is left out is told as for
    :class:`CreateRequest`; ``threads`` are those that would make the archive."""

    sources: tuple[str, ...]
    threads: int = 0
    exclude: tuple[str, ...] = ()
    exclude_from: tuple[str, ...] = ()
    exclude_vcs: bool = False
    exclude_caches: bool = False
    dereference: bool = False


Request = (
    CreateRequest
    | EditRequest
    | CreateEachRequest
    | CreateFromTarRequest
    | ExtractRequest
    | VerifyRequest
    | ListRequest
    | InfoRequest
    | CompareRequest
    | DoctorRequest
    | EstimateRequest
)
