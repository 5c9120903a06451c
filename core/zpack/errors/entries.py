"""Errors about one file of many: the rest of the job goes on."""

from zpack.errors.base import ExitCode, ZpackError
from zpack.errors.wording import shown


class EntryUnreadable(ZpackError):
    """A source file that could not be read: it is not in the archive."""

    code = "unreadable"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "Could not be read",
            f"{shown(path)}: {why}.",
            "It is not in the archive. Check its permissions and try again.",
            path,
        )


class FolderUnreadable(ZpackError):
    """A source folder that could not be looked into: it is in the archive, without its contents."""

    code = "folder-unreadable"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "Could not be looked into",
            f"{shown(path)}: {why}.",
            "What is in it is not in the archive. Check its permissions and try again.",
            path,
        )


class EntryChanged(ZpackError):
    """A source file that changed under the reader: what is stored may be mixed."""

    code = "changed"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, what: str) -> None:
        super().__init__(
            "Changed while it was read",
            f"{shown(path)}: {what}.",
            "Close the program that writes to it and create the archive again.",
            path,
        )


class EntryUnsupported(ZpackError):
    """A kind of file that is left out: a socket on creation, devices and FIFOs on extraction."""

    code = "left-out"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, what: str) -> None:
        super().__init__(
            "Left out",
            f"{shown(path)} is {what}, not a file, folder or link.",
            "Nothing needs to be done if you don't need it.",
            path,
        )


class LinkBroken(ZpackError):
    """A symbolic link that was to be followed, and leads nowhere."""

    code = "link-broken"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "A link leads nowhere",
            f"What {shown(path)} links to cannot be read: {why}.",
            "It is not in the archive. Without --dereference the link itself would be.",
            path,
        )


class LinkLoop(ZpackError):
    """A symbolic link that was to be followed, without end."""

    code = "link-loop"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, too_often: bool) -> None:
        why = "a folder that is in the archive 1,000 times already"
        super().__init__(
            "A link leads in a circle",
            f"{shown(path)} links to {why if too_often else 'a folder that it is in'}.",
            "It is not in the archive. Without --dereference the link itself would be.",
            path,
        )


class ArchiveItself(ZpackError):
    """A source that is the archive being written."""

    code = "left-out"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str) -> None:
        super().__init__(
            "Left out",
            f"{shown(path)} is the archive that is being written.",
            "Send it somewhere else if you don't want it there.",
            path,
        )


class OriginalKept(ZpackError):
    """An original that was to be removed once it was archived, and was not."""

    code = "original-kept"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "The original was not removed",
            f"{shown(path)}: {why}.",
            "The archive is whole and verified. Look at what stayed before removing it yourself.",
            path,
        )


class EntryRefused(ZpackError):
    """An entry that would be unsafe to extract."""

    code = "refused"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "Not extracted, because it is not safe",
            f"{shown(path)}: {why}.",
            "Be careful with this archive: ordinary archives have no such entries.",
            path,
        )


class EntryUnwritable(ZpackError):
    """A file that the destination would not take."""

    code = "unwritable"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "Could not be written",
            f"{shown(path)}: {why}.",
            "Choose another folder, or make room and extract it again.",
            path,
        )


class MetadataUnwritable(ZpackError):
    """A file that was extracted, on a disk that would not take its mode or time."""

    code = "metadata-unwritable"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "Its permissions or time could not be set",
            f"{shown(path)}: {why}.",
            "Its content is whole. Extract to another disk if permissions matter.",
            path,
        )


class ExtrasUnread(ZpackError):
    """Sources whose extended attributes or ACLs could not be read: the files themselves are
    stored. One for all of them."""

    code = "attributes-unread"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, why: str, count: int) -> None:
        others = f", and {count - 1:,} more" if count > 1 else ""
        super().__init__(
            "Extended attributes or access lists could not be read",
            f"{shown(path)}{others}: {why}.",
            "The content is in the archive. Check the permissions if you need them too.",
            path,
        )


class MetadataLost(ZpackError):
    """Something besides mode and time that the disk, or the system, would not take. One for all
    files with the same reason."""

    code = "metadata-lost"
    exit_code = ExitCode.PARTIAL

    def __init__(self, what: str, path: str, why: str, count: int) -> None:
        others = f", and {count - 1:,} more" if count > 1 else ""
        super().__init__(
            f"{what} could not be kept",
            f"{shown(path)}{others}: {why}.",
            "All else about them is whole. Extract to another disk, or as another user, if you "
            "need it.",
            path,
        )


class EntryDamaged(ZpackError):
    """An entry whose content is not what was put in."""

    code = "damaged"
    exit_code = ExitCode.DAMAGED

    def __init__(self, path: str, what: str) -> None:
        super().__init__(
            "Damaged",
            f"{shown(path)}: {what}.",
            "Try to repair the archive, or take this file from another copy of it.",
            path,
        )


class EntryNotCompared(ZpackError):
    """Something on disk that could not be looked at, or an entry that could not be read."""

    code = "not-compared"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "Could not be compared",
            f"{shown(path)}: {why}.",
            "Check its permissions and compare again.",
            path,
        )


class LinkTargetMissing(ZpackError):
    """A hard link whose file was not extracted."""

    code = "link-target-missing"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str, target: bytes | str) -> None:
        super().__init__(
            "Could not be linked",
            f"{shown(path)} is another name of {shown(target)}, which was not extracted.",
            "Extract both together.",
            path,
        )
