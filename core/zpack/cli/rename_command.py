"""``zpack rename``: give an entry of an archive another path."""

import argparse
from typing import TYPE_CHECKING

from zpack.cli.create_options import source_date_epoch
from zpack.cli.edit_options import add_edit_options, archive_name, run_edit_job
from zpack.cli.sizes import counted

if TYPE_CHECKING:
    from zpack.operations.reports import EditReport

USAGE = "zpack rename ARCHIVE MEMBER NEW [options]"
FEWEST, MOST = 3, 3
TOO_FEW = "It needs the name of the archive, the entry's path, and its new path."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    add_edit_options(parser)


def run(options: argparse.Namespace) -> int:
    """Rename and report; returns the exit code."""
    from functools import partial

    from zpack.operations import RenameRequest, rename

    archive, member, new = options.operands
    request = RenameRequest(
        archive,
        member,
        new,
        options.preset,
        options.level,
        options.threads,
        source_date_epoch(),
    )
    return run_edit_job(partial(rename, request), options, _renamed)


def _renamed(report: "EditReport") -> str:
    moved = counted(report.moved, "entry", "entries")
    return f"Renamed {moved} in {archive_name(report)}"
