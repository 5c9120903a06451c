"""``zpack create``: make an archive."""

import argparse
from typing import TYPE_CHECKING

from zpack.cli.create_options import add_all, request_of
from zpack.cli.output import report_to_standard_error, say
from zpack.cli.parser import WrongUsage
from zpack.cli.sizes import contents_of, counted, duration, percent, size
from zpack.errors import shown

if TYPE_CHECKING:
    from zpack.operations.reports import CreateReport
    from zpack.operations.requests import CreateRequest

USAGE = "zpack create ARCHIVE PATH... [options]"
FEWEST, MOST = 1, None  # with --from-tar
TOO_FEW = "It needs the name of the archive and what to put into it."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    add_all(parser)


def run(options: argparse.Namespace) -> int:
    """Create the archive and report; returns the exit code."""
    from functools import partial

    from zpack.cli.problems import complain_of
    from zpack.cli.session import run_job
    from zpack.operations import CreateFromTarRequest, create, create_from_tar

    request = request_of(options)
    _check_paths(options)
    if request.to_stream:
        report_to_standard_error()
    if options.each:
        return _run_each(request, options)
    if options.from_tar is not None:
        from_tar = CreateFromTarRequest(options.from_tar, request)
        report = run_job(partial(create_from_tar, from_tar), options)
    else:
        report = run_job(partial(create, request), options)
    if options.json:
        from zpack.cli.json_output import write_report

        write_report(report)
    else:
        if not options.quiet:
            say(created(report))
        complain_of(report.problems)
    return report.exit_code


def _check_paths(options: argparse.Namespace) -> None:
    if options.from_tar is None:
        if len(options.operands) < 2:
            raise WrongUsage(TOO_FEW, "create")
    elif options.each or len(options.operands) > 1:
        raise WrongUsage("What comes from a tar makes one archive, without other paths.", "create")


def _run_each(request: "CreateRequest", options: argparse.Namespace) -> int:
    from functools import partial

    from zpack.cli.json_output import write_report
    from zpack.cli.output import explain
    from zpack.cli.problems import complain_of
    from zpack.cli.session import run_job
    from zpack.operations import CreateEachRequest, create_each

    report = run_job(partial(create_each, CreateEachRequest(request)), options)
    if options.json:
        write_report(report)
        return report.exit_code
    for part in report.parts:
        if part.report is not None:
            if not options.quiet:
                say(created(part.report))
            complain_of(part.report.problems)
        if part.error is not None:
            explain(part.error)
    return report.exit_code


def created(report: "CreateReport") -> str:
    """What was made, in one line."""
    sizes = size(report.bytes_out)
    if report.bytes_in:
        ratio = percent(report.bytes_out, report.bytes_in)
        sizes = f"{size(report.bytes_in)} → {sizes} ({ratio})"
    contents = contents_of(report.files, report.folders, report.links)
    excluded = f" ({counted(report.excluded, 'item')} excluded)" if report.excluded else ""
    took = duration(report.seconds)
    name = "standard output" if report.target == "-" else shown(report.target)
    if report.volumes > 1:
        name += f" and {counted(report.volumes - 1, 'more volume')}"
    done = f"Created {name}: {contents}{excluded}, {sizes} in {took}"
    if report.verified:
        done += "\nVerified: every file is as it was read"
    if report.removed:
        done += f"; {counted(report.removed, 'original')} removed"
    return done
