"""Errors about an archive as a whole."""

import os

from zpack.errors.base import ExitCode, ZpackError
from zpack.errors.wording import shown


class NotAnArchive(ZpackError):
    """The content is of no format that zpack knows."""

    code = "not-an-archive"

    def __init__(self, path: str) -> None:
        super().__init__(
            "This file is not an archive",
            f"{shown(path)} does not begin or end like any archive that zpack knows.",
            "Check that it is the right file and was downloaded completely.",
            path,
        )


class ArchiveEmpty(ZpackError):
    """A file of no bytes."""

    code = "archive-empty"
    exit_code = ExitCode.DAMAGED

    def __init__(self, path: str) -> None:
        super().__init__(
            "This file is empty",
            f"{shown(path)} has no content at all.",
            "Copy or download it again.",
            path,
        )


class ArchiveIsDirectory(ZpackError):
    """A folder was given where an archive belongs."""

    code = "archive-is-folder"

    def __init__(self, path: str) -> None:
        super().__init__(
            "This is a folder, not an archive",
            f"{shown(path)} is a folder.",
            "Choose an archive in it, or compress the folder.",
            path,
        )


class ArchiveIsPipe(ZpackError):
    """A pipe or device was given where an archive belongs."""

    code = "archive-is-pipe"

    def __init__(self, path: str) -> None:
        super().__init__(
            "An archive cannot be read from a pipe or device",
            f"{shown(path)} is not a file: what is in an archive stands at its end.",
            "Save it as a file first, or pass it through “zstd -dc | tar -x”.",
            path,
        )


class FormatNotRead(ZpackError):
    """A known format that zpack cannot read."""

    code = "format-not-read"

    def __init__(self, path: str, format_name: str) -> None:
        super().__init__(
            f"zpack cannot open {format_name} archives yet",
            f"{shown(path)} is a {format_name} archive.",
            "zpack opens .tar.zst, .tar.lz4, .zst and .lz4. Use another program for this file.",
            path,
        )


class FrameNotRead(ZpackError):
    """Compressed in a way that zpack does not decode. Nothing is damaged."""

    code = "frame-not-read"

    def __init__(self, path: str, needed: str, command: str) -> None:
        super().__init__(
            "zpack cannot unpack this archive",
            f"{shown(path)} was compressed with special settings: it needs {needed}.",
            f"It can be unpacked with “{command} -d”.",
            path,
        )


class NotATar(ZpackError):
    """A file that is named as a compressed tar, without a tar inside."""

    code = "not-a-tar"

    def __init__(self, path: str) -> None:
        super().__init__(
            "There is no tar archive inside",
            f"{shown(path)} has the name of one, but what is compressed in it is something else.",
            "If it is one compressed file, take “.tar” out of its name, and open it again.",
            path,
        )


class TarUnreadable(ZpackError):
    """A tar to make an archive of that is none, or cut short. ``position`` is in bytes."""

    code = "tar-unreadable"
    exit_code = ExitCode.DAMAGED

    def __init__(self, name: str, what: str, position: int) -> None:
        super().__init__(
            "The tar cannot be read",
            f"{shown(name)}: {what} (at byte {position:,}).",
            "Nothing was created. If it is compressed, unpack it on the way: "
            "“xz -dc a.tar.xz | zpack create a.tar.zst --from-tar -”.",
            name,
        )


class TarOdd(ZpackError):
    """A tar that could be read, but does not end as it should."""

    code = "tar-odd"
    exit_code = ExitCode.PARTIAL

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            "The tar does not end as it should",
            f"{shown(name)}: {what}.",
            "Look whether all that you expect is in the archive.",
            name,
        )


class NewerFormat(ZpackError):
    """Written by a later version of zpack, in a way this one must not guess at."""

    code = "newer-format"

    def __init__(self, path: str, version: int) -> None:
        super().__init__(
            "This archive was made by a newer zpack",
            f"{shown(path)} uses version {version} of the archive format.",
            "Install a newer zpack. Any tar with zstd (or lz4) can extract it as it is.",
            path,
        )


class ArchiveDamaged(ZpackError):
    """The archive cannot be used past some point. ``offset`` is in bytes of the file."""

    code = "archive-damaged"
    exit_code = ExitCode.DAMAGED

    def __init__(self, path: str | bytes, what: str, offset: int | None = None) -> None:
        where = "" if offset is None else f" (at byte {offset:,})"
        super().__init__(
            "This archive is damaged",
            f"{shown(path)}: {what}{where}.",
            "Try to repair it, or fetch it again. What is whole in it can still be extracted.",
            os.fsdecode(path),
        )
        self.what = what
        self.offset = offset


class MoreFollows(ZpackError):
    """Behind the end of the tar there is something else, most often another tar."""

    code = "more-follows"
    exit_code = ExitCode.PARTIAL

    def __init__(self, path: str) -> None:
        super().__init__(
            "More follows after the end of this archive",
            f"{shown(path)}: another archive may have been joined to it. Only the first is used, "
            "as by other programs.",
            "To get at the rest, extract with “tar --ignore-zeros”.",
            path,
        )


class ProofLost(ZpackError):
    """Made by zpack, but its index and digests are gone or cannot be believed."""

    code = "proof-lost"
    exit_code = ExitCode.DAMAGED

    def __init__(self, path: str, what: str) -> None:
        super().__init__(
            "The proof of this archive is lost",
            f"{shown(path)} was made by zpack, but its last part is missing or damaged ({what}).",
            "Its files may be whole, but nothing proves it. Try to repair it, or look for another "
            "copy.",
            path,
        )


class ArchiveChanged(ZpackError):
    """Another program wrote to the archive while it was open."""

    code = "archive-changed"

    def __init__(self, path: str) -> None:
        super().__init__(
            "The archive was changed by another program",
            f"{shown(path)} is no longer the file that was opened.",
            "Open it again.",
            path,
        )


class VerificationFailed(ZpackError):
    """What was written is not what was read; it was not kept."""

    code = "verification-failed"

    def __init__(self, path: str, what: str) -> None:
        super().__init__(
            "The new archive is not right, and was removed",
            f"{shown(path)}: {what}",
            "The originals, and what was there before, are unchanged. Check the disk and the "
            "memory of this computer, then create it again.",
            path,
        )


class VolumeMissing(ZpackError):
    """One of an archive's volumes is not there, but a later one is."""

    code = "volume-missing"
    exit_code = ExitCode.DAMAGED

    def __init__(self, path: str, later: str) -> None:
        super().__init__(
            "A volume of the archive is missing",
            f"{shown(path)} is not there, but {shown(os.path.basename(later))} is.",
            "Put all volumes into the same folder.",
            path,
        )


class VolumeWrong(ZpackError):
    """One of an archive's volumes cannot be whole."""

    code = "volume-wrong"
    exit_code = ExitCode.DAMAGED

    def __init__(self, path: str, size: int, expected: int) -> None:
        super().__init__(
            "A volume of the archive has the wrong size",
            f"{shown(path)} has {size:,} bytes, and the first volume {expected:,}.",
            "All but the last have the same size. Copy or download this one again.",
            path,
        )


class LimitReached(ZpackError):
    """The archive asks for more than zpack is prepared to give it."""

    code = "limit-reached"

    def __init__(self, path: str, what: str, flag: str) -> None:
        super().__init__(
            "This archive goes past a safety limit",
            f"{shown(path)}: {what}.",
            f"If you trust it, allow more with “{flag}”. What was there before is unchanged.",
            path,
        )
