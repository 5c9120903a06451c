"""What the verbs that change an archive have in common: options, and how they report."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from zpack.cli.coding_options import add_coding_options
from zpack.cli.output import complain, say
from zpack.cli.sizes import counted, duration, size
from zpack.errors import shown
from zpack.jobs import Control

if TYPE_CHECKING:
    from zpack.operations.reports import EditReport


def add_edit_options(parser: argparse.ArgumentParser) -> None:
    """How to compress what is coded anew."""
    add_coding_options(
        parser,
        "how to compress what is coded anew: fast, balanced or best, with .tar.lz4 fastest",
    )


def run_edit_job(
    operation: "Callable[[Control], EditReport]",
    options: argparse.Namespace,
    done: "Callable[[EditReport], str]",
) -> int:
    """Run it and report, with ``done`` saying what was done; returns the exit code."""
    from zpack.cli.problems import complain_of
    from zpack.cli.session import run_job

    report = run_job(operation, options)
    if options.json:
        from zpack.cli.json_output import write_report

        write_report(report)
        return report.exit_code
    if not options.quiet:
        say(f"{done(report)}: {_archive_now(report)}")
    if report.superseded:
        what = counted(report.superseded, "entry", "entries")
        complain(f"zpack: {what} left out, each hidden by a later one of the same path")
    complain_of(report.problems)
    return report.exit_code


def _archive_now(report: "EditReport") -> str:
    files = report.files + report.links
    contents = counted(files, "file") if files or not report.folders else ""
    if not contents:
        contents = counted(report.folders, "folder")
    if not files and not report.folders:
        contents = "it is empty"
    now = "it is a zpack archive now, " if report.converted else ""
    return f"{now}{contents}, {size(report.bytes_out)} in {duration(report.seconds)}"


def archive_name(report: "EditReport") -> str:
    """The archive, for a message."""
    return shown(report.archive)
