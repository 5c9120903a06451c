"""Why an archive was not repaired. Whatever is said here, it is as it was."""

from zpack.errors.base import ExitCode, ZpackError
from zpack.errors.wording import shown


class TargetIsDamaged(ZpackError):
    """The repaired archive would replace what it is made of."""

    code = "target-is-damaged"
    exit_code = ExitCode.USAGE

    def __init__(self, path: str) -> None:
        super().__init__(
            "The repaired archive needs another name",
            f"{shown(path)} is the damaged one, which stays as it is.",
            "Choose another name; delete the damaged one when you have looked at what came back.",
            path,
        )


class NoRoomForRepair(ZpackError):
    """The repaired archive would not fit. Sizes in bytes."""

    code = "no-room-for-repair"

    def __init__(self, path: str, needed: int, free: int) -> None:
        super().__init__(
            "There is no room for the repaired archive",
            f"{shown(path)} needs about {needed:,} bytes, and {free:,} are free.",
            "Make room on that disk, or choose another.",
            path,
        )


class NothingToSave(ZpackError):
    """Nothing of the archive is whole."""

    code = "nothing-to-save"
    exit_code = ExitCode.DAMAGED

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "Nothing in this archive is whole",
            f"{shown(path)}: {why}.",
            "If there is another copy of it, damaged elsewhere perhaps, name it too.",
            path,
        )


class NotWhole(ZpackError):
    """A recovery record is for what is whole: it would keep the damage."""

    code = "not-whole"
    exit_code = ExitCode.DAMAGED

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "This archive is not whole",
            f"{shown(path)}: {why}.",
            "Repair it first (“zpack repair ARCHIVE -o FIXED”); a recovery record would only keep "
            "the damage.",
            path,
        )
