"""Entries chosen by patterns in the syntax of ``.gitignore``."""

import os
from collections.abc import Iterable, Iterator

from zpack.entries import ROOT, Kind, Listing
from zpack.errors import BadPattern, PatternUnmatched, ZpackError
from zpack.filesystem import PatternError, Patterns


def pattern_faults(lines: Iterable[str]) -> list[ZpackError]:
    """What makes no sense among ``lines``."""
    faults: list[ZpackError] = []
    for line in lines:
        try:
            Patterns([line])
        except PatternError as error:
            faults.append(BadPattern(error.pattern, str(error)))
    return faults


def matched_rows(listing: Listing, lines: tuple[str, ...]) -> bytearray:
    """For each row 1 if a pattern matches it or a folder that it is in, else 0."""
    patterns, parents = Patterns(lines), listing.parent
    marks = bytearray(len(listing))
    for row, path, folder in _walk(listing):
        if marks[parents[row]] or patterns.match(path, folder=folder):
            marks[row] = 1
    return marks


def unmatched(
    listing: Listing, lines: tuple[str, ...], rows: "bytes | bytearray"
) -> list[ZpackError]:
    """One for each pattern that matches none of the marked rows, itself and not what others
    leave of it; those that only take back are not asked."""
    pending = {line: Patterns([line]) for line in lines if not _takes_back(line)}
    for row, path, folder in _walk(listing):
        if not pending:
            break
        if rows[row]:
            found = [line for line, each in pending.items() if each.match(path, folder=folder)]
            for line in found:
                del pending[line]
    return [PatternUnmatched(line) for line in pending]


def _takes_back(line: str) -> bool:
    return not line.strip() or line.startswith(("!", "#"))


def _walk(listing: Listing) -> Iterator[tuple[int, str, bool]]:
    """Rows in tree order with their paths, and whether they are folders."""
    parents, kinds = listing.parent, listing.kind
    folder, prefix = ROOT, b""
    for row in range(1, len(listing)):
        if parents[row] != folder:
            folder = parents[row]
            prefix = listing.path(folder) + b"/" if folder else b""
        yield row, os.fsdecode(prefix + listing.name(row)), kinds[row] == Kind.DIRECTORY
