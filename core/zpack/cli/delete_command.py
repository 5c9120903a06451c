"""``zpack delete``: take entries out of an archive."""

import argparse
from typing import TYPE_CHECKING

from zpack.cli.edit_options import add_edit_options, archive_name, run_edit_job
from zpack.cli.sizes import counted

if TYPE_CHECKING:
    from zpack.operations.reports import EditReport

USAGE = "zpack delete ARCHIVE MEMBER... [options]"
FEWEST, MOST = 2, None
TOO_FEW = "It needs the name of the archive and what to delete from it."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    add_edit_options(parser)


def run(options: argparse.Namespace) -> int:
    """Delete and report; returns the exit code."""
    from functools import partial

    from zpack.operations import DeleteRequest, delete

    archive, *members = options.operands
    request = DeleteRequest(archive, tuple(members), options.preset, options.level, options.threads)
    return run_edit_job(partial(delete, request), options, _deleted)


def _deleted(report: "EditReport") -> str:
    gone = counted(report.removed, "entry", "entries")
    return f"Deleted {gone} from {archive_name(report)}"
