"""``zpack list``: show what is in an archive."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from zpack.cli.limit_options import add_limit_options, add_name_encoding, limits_of
from zpack.cli.output import write_bytes
from zpack.errors import ExitCode, Explanation

if TYPE_CHECKING:
    from zpack.entries import Listing
    from zpack.operations.reports import ListReport

Made = TypeVar("Made")

USAGE = "zpack list ARCHIVE [options]"
FEWEST, MOST = 1, 1
TOO_FEW = "It needs the name of the archive."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "-l", "--long", action="store_true", help="also mode, owner, size, time and link targets"
    )
    add_name_encoding(parser)
    add_limit_options(parser)


def run(options: argparse.Namespace) -> int:
    """List and report; returns the exit code."""
    from functools import partial

    from zpack.cli.problems import complain_of
    from zpack.cli.session import run_job
    from zpack.operations import ListRequest, list_archive

    request = ListRequest(options.operands[0], limits_of(options), options.name_encoding)
    report = run_job(partial(list_archive, request), options)
    rows = Rows(report)
    if options.json:
        from zpack.cli.json_listing import json_listing

        write_bytes(json_listing(report, rows))
    else:
        _write(options, report.listing, rows)
        complain_of(rows.problems)
    return rows.exit_code


class Rows:
    """The rows of a report's listing with their paths, once through; then what was wrong."""

    def __init__(self, report: "ListReport") -> None:
        self.problems: tuple[Explanation, ...] = report.problems
        self.exit_code: int = report.exit_code
        self._report = report

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        yield from self._report.listing.walk()

    def guard(self, made: Iterator[Made]) -> Iterator[Made]:
        """What is made of the rows, as far as they make sense."""
        from zpack.entries import ListingError
        from zpack.errors import ArchiveDamaged

        try:
            yield from made
        except (ListingError, IndexError):
            # Found out only now, with a part of it written: the rest of the answer says so.
            damage = ArchiveDamaged(self._report.archive, "its index contradicts itself")
            self.problems = (*self.problems, damage.explain())
            self.exit_code = ExitCode.DAMAGED


def _write(options: argparse.Namespace, listing: "Listing", rows: Rows) -> None:
    import sys

    from zpack.cli.questions import is_terminal

    write_bytes(rows.guard(_lines(listing, rows, options, escape=is_terminal(sys.stdout))))


def _lines(
    listing: "Listing", rows: Rows, options: argparse.Namespace, *, escape: bool
) -> Iterator[bytes]:
    from zpack.cli.listing_lines import long_lines, plain_lines, safe_lines

    if options.long:
        return long_lines(listing, rows, escape=escape)
    return safe_lines(listing, rows) if escape else plain_lines(listing.stretches())
