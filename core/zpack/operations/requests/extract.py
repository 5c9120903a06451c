"""What can be asked of extracting."""

from enum import Enum

from zpack.operations.limits import USUAL_LIMITS, Limits
from zpack.records import record


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


@record
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
