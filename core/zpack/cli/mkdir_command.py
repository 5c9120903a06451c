"""``zpack mkdir``: make folders in an archive."""

import argparse
from typing import TYPE_CHECKING

from zpack.cli.create_options import source_date_epoch
from zpack.cli.edit_options import add_edit_options, archive_name, run_edit_job
from zpack.cli.sizes import counted

if TYPE_CHECKING:
    from zpack.operations.reports import EditReport

USAGE = "zpack mkdir ARCHIVE FOLDER... [options]"
FEWEST, MOST = 2, None
TOO_FEW = "It needs the name of the archive and a folder to make in it."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    add_edit_options(parser)


def run(options: argparse.Namespace) -> int:
    """Make the folders and report; returns the exit code."""
    from functools import partial

    from zpack.operations import MakeFolderRequest, make_folder

    archive, *paths = options.operands
    request = MakeFolderRequest(
        archive,
        tuple(paths),
        options.preset,
        options.level,
        options.threads,
        source_date_epoch(),
    )
    return run_edit_job(partial(make_folder, request), options, _made)


def _made(report: "EditReport") -> str:
    return f"Made {counted(report.added, 'folder')} in {archive_name(report)}"
