"""``zpack add``: put files and folders into an archive."""

import argparse
from typing import TYPE_CHECKING

from zpack.cli.create_options import add_source_options, source_date_epoch
from zpack.cli.edit_options import add_edit_options, archive_name, run_edit_job
from zpack.cli.sizes import counted

if TYPE_CHECKING:
    from zpack.operations.reports import EditReport

USAGE = "zpack add ARCHIVE PATH... [--to FOLDER] [--replace] [options]"
FEWEST, MOST = 2, None
TOO_FEW = "It needs the name of the archive and what to add to it."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "--to", metavar="FOLDER", default="", help="the folder in the archive (default: its top)"
    )
    parser.add_argument(
        "--replace", action="store_true", help="replace files that the archive has already"
    )
    add_source_options(parser)
    add_edit_options(parser)


def run(options: argparse.Namespace) -> int:
    """Add and report; returns the exit code."""
    from functools import partial

    from zpack.operations import AddRequest, add

    archive, *sources = options.operands
    request = AddRequest(
        archive=archive,
        sources=tuple(sources),
        folder=options.to,
        replace=options.replace,
        preset=options.preset,
        level=options.level,
        threads=options.threads,
        exclude=tuple(options.exclude),
        exclude_from=tuple(options.exclude_from),
        exclude_vcs=options.exclude_vcs,
        exclude_caches=options.exclude_caches,
        dereference=options.dereference,
        owners=not options.no_owner,
        latest=source_date_epoch(),
    )
    return run_edit_job(partial(add, request), options, _added)


def _added(report: "EditReport") -> str:
    replaced = f", {report.replaced:,} of them replaced," if report.replaced else ""
    added = counted(report.added, "entry", "entries")
    return f"Added {added}{replaced} to {archive_name(report)}"
