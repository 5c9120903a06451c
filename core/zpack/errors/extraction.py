"""Faults of a request to extract, found before anything runs."""

from zpack.errors.base import ExitCode, ZpackError


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
