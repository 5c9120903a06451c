"""``zpack estimate``: how big and how long, with each preset."""

import argparse
from typing import TYPE_CHECKING

from zpack.cli.output import say
from zpack.cli.parser import add_threads_option
from zpack.cli.sizes import counted, duration, percent, size

if TYPE_CHECKING:
    from zpack.operations.estimate_report import EstimateReport, PresetEstimate, Range

USAGE = "zpack estimate PATH... [options]"
FEWEST, MOST = 1, None
TOO_FEW = "It needs what would go into the archive."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    from zpack.cli.create_options import add_leaving_out, whole_percent

    add_threads_option(parser, "would compress")
    parser.add_argument(
        "--recovery",
        metavar="PERCENT",
        type=whole_percent,
        help="with a recovery record of that size: 5%%",
    )
    add_leaving_out(parser)
    parser.add_argument(
        "--dereference",
        action="store_true",
        help="follow symbolic links: store what they lead to",
    )


def run(options: argparse.Namespace) -> int:
    """Estimate and report; returns the exit code."""
    from functools import partial

    from zpack.cli.problems import complain_of
    from zpack.cli.session import run_job
    from zpack.operations import EstimateRequest, estimate

    request = EstimateRequest(
        sources=tuple(options.operands),
        threads=options.threads,
        exclude=tuple(options.exclude),
        exclude_from=tuple(options.exclude_from),
        exclude_vcs=options.exclude_vcs,
        exclude_caches=options.exclude_caches,
        dereference=options.dereference,
        recovery=options.recovery,
    )
    report = run_job(partial(estimate, request), options)
    if options.json:
        _write_json(report)
        return report.exit_code
    if not options.quiet:
        say(contents(report))
        for line in table(report):
            say(line)
    complain_of(report.problems)
    return report.exit_code


def contents(report: "EstimateReport") -> str:
    """What there is to archive, in one line."""
    found = f"{counted(report.files + report.links, 'file')}, {size(report.bytes_in)}"
    if report.counted:
        return found
    return f"About {found}: there was no time to look into every folder"


def table(report: "EstimateReport") -> list[str]:
    """A line for each preset: size, ratio, time, each with its range."""
    rows = [_row(each, report.bytes_in) for each in report.presets]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _row(estimate: "PresetEstimate", bytes_in: int) -> tuple[str, ...]:
    sizes, seconds = estimate.size, estimate.seconds
    return (
        estimate.preset,
        f"{size(round(sizes.expected))} ({percent(round(sizes.expected), bytes_in)})",
        f"{size(round(sizes.low))} to {size(round(sizes.high))}",
        duration(seconds.expected),
        f"{duration(seconds.low)} to {duration(seconds.high)}",
    )


def _write_json(report: "EstimateReport") -> None:
    from zpack.cli.json_output import report_object, write_object

    presets = [
        {
            "preset": each.preset,
            "size": {name: round(value) for name, value in _range(each.size).items()},
            "seconds": {name: round(value, 2) for name, value in _range(each.seconds).items()},
        }
        for each in report.presets
    ]
    write_object(report_object(report, leave_out=("presets",)) | {"presets": presets})


def _range(values: "Range") -> dict[str, float]:
    return {"low": values.low, "expected": values.expected, "high": values.high}
