"""Why an archive was not edited. Whatever is said here, it is as it was."""

from zpack.errors.base import ExitCode, ZpackError
from zpack.errors.wording import shown


class NameTaken(ZpackError):
    """The archive has something of that name."""

    code = "name-taken"

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(
            "The archive has something of that name already",
            f"“{shown(name)}” is in it.",
            hint,
            name,
        )


class FolderInTheWay(ZpackError):
    """A folder in the archive has the name of something else."""

    code = "folder-in-the-way"

    def __init__(self, name: str) -> None:
        super().__init__(
            "A folder in the archive has that name",
            f"“{shown(name)}” is a folder in it, and what should go there is none.",
            "Delete the folder first, or choose another name.",
            name,
        )


class NoFolder(ZpackError):
    """Something that is no folder stands where one is needed."""

    code = "no-folder"

    def __init__(self, name: str) -> None:
        super().__init__(
            "Something in the archive is not a folder",
            f"“{shown(name)}” is in the archive, but is not a folder.",
            "Delete it first, or choose another name.",
            name,
        )


class MoreInTheWay(ZpackError):
    """Faults that are too many to be named one by one."""

    code = "more-in-the-way"

    def __init__(self, count: int) -> None:
        super().__init__("More names are taken", f"And {count:,} more.", "Choose other names.")


class BadName(ZpackError):
    """A path that no entry may have."""

    code = "bad-name"
    exit_code = ExitCode.USAGE

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            "That name is not possible in an archive",
            f"“{shown(name)}”: {why}.",
            "Choose another name, like “folder/file.txt”.",
            name,
        )


class IntoItself(ZpackError):
    """A folder was to be moved into itself."""

    code = "into-itself"

    def __init__(self, name: str, new: str) -> None:
        super().__init__(
            "A folder cannot be moved into itself",
            f"“{shown(new)}” is inside “{shown(name)}”.",
            "Choose another place.",
            new,
        )


class NothingToChange(ZpackError):
    """No name given."""

    code = "nothing-to-change"
    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__(
            "There is nothing to change", "No name of an entry was given.", "Name at least one."
        )


class ArchiveReadOnly(ZpackError):
    """The archive must not be written to."""

    code = "archive-read-only"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "The archive cannot be changed there",
            f"{shown(path)}: {why}.",
            "Change its permissions, or copy it somewhere else.",
            path,
        )


class ArchiveBusy(ZpackError):
    """Another zpack is changing it."""

    code = "archive-busy"

    def __init__(self, path: str) -> None:
        super().__init__(
            "The archive is being changed already",
            f"Another zpack is working on {shown(path)}.",
            "Try again when it is done.",
            path,
        )


class NotEditable(ZpackError):
    """An archive that cannot be changed without losing something."""

    code = "not-editable"

    def __init__(self, path: str, why: str, hint: str) -> None:
        super().__init__("This archive cannot be changed", f"{shown(path)} {why}.", hint, path)


class EntryNotKept(ZpackError):
    """An entry that the changed archive could not hold as it is."""

    code = "entry-not-kept"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            "Something in the archive could not be kept as it is",
            f"“{shown(name)}” {why}.",
            "Delete or rename it first, or extract everything and make a new archive.",
            name,
        )


class NoRoomForCopy(ZpackError):
    """The changed archive would not fit beside the old one. Sizes in bytes."""

    code = "no-room-for-copy"

    def __init__(self, path: str, needed: int, free: int) -> None:
        super().__init__(
            "There is no room for the changed archive",
            f"It is written beside {shown(path)}, needs about {needed:,} bytes, and {free:,} are "
            "free.",
            "Make room on that disk, or copy the archive to another.",
            path,
        )


class EditStopped(ZpackError):
    """Something that would have to be coded anew is damaged. ``entry`` is its path in it."""

    code = "edit-stopped"
    exit_code = ExitCode.DAMAGED

    def __init__(self, archive: str, entry: str, what: str) -> None:
        super().__init__(
            "The archive is damaged, and was not changed",
            f"{shown(archive)}, at “{shown(entry)}”: {what}.",
            "“verify” tells everything that is damaged. What is whole can be extracted.",
            entry,
        )


class ReplacementUnreadable(ZpackError):
    """A file that should replace another could not be read, or not as a whole."""

    code = "replacement-unreadable"

    def __init__(self, details: str, path: str) -> None:
        super().__init__(
            "A file that should replace another could not be read",
            details,
            "The archive was not changed. Try again when the file can be read.",
            path,
        )
