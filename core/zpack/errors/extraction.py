"""Faults of a request to extract, found before anything runs."""

from zpack.errors.base import ExitCode, ZpackError
from zpack.errors.wording import shown


class BadStrip(ZpackError):
    """A number of components that no path has."""

    code = "bad-strip"
    exit_code = ExitCode.USAGE

    def __init__(self, count: int, most: int) -> None:
        super().__init__(
            "So many components cannot be left out",
            f"{count:,} is not between 0 and {most:,}.",
            "Choose how many folders at the beginning of each path to leave out.",
        )


class PatternUnmatched(ZpackError):
    """A pattern of entries to extract that none has."""

    code = "pattern-unmatched"

    def __init__(self, pattern: str) -> None:
        super().__init__(
            "A pattern matches nothing",
            f"Nothing in the archive is matched by “{shown(pattern)}”.",
            "Use “list” to see what it has. Patterns are written as in .gitignore.",
        )


class BadLimit(ZpackError):
    """A limit below nothing."""

    code = "bad-limit"
    exit_code = ExitCode.USAGE

    def __init__(self, number: int) -> None:
        super().__init__(
            "A limit makes no sense",
            f"{number:,} is less than 0.",
            "Choose a number; 0 means no limit.",
        )


class UnknownEncoding(ZpackError):
    """Not an encoding that names can have."""

    code = "unknown-encoding"
    exit_code = ExitCode.USAGE

    def __init__(self, name: str) -> None:
        super().__init__(
            "There is no such encoding of names",
            f"“{shown(name)}” is not known, or not one that names in archives can have.",
            "Common ones are CP932 and EUC-JP, GBK and Big5, EUC-KR, CP1251 and KOI8-R, Latin-1.",
        )
