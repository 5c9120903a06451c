"""``zpack info``: facts about an archive."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from zpack.cli.limit_options import add_limit_options, limits_of
from zpack.cli.output import say
from zpack.cli.sizes import counted, percent, size
from zpack.errors import shown

if TYPE_CHECKING:
    from zpack.operations.reports import InfoReport

USAGE = "zpack info ARCHIVE [options]"
FEWEST, MOST = 1, 1
TOO_FEW = "It needs the name of the archive."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    add_limit_options(parser)


def run(options: argparse.Namespace) -> int:
    """Report facts; returns the exit code."""
    from functools import partial

    from zpack.cli.problems import complain_of
    from zpack.cli.session import run_job
    from zpack.operations import InfoRequest, info

    report = run_job(partial(info, InfoRequest(options.operands[0], limits_of(options))), options)
    if options.json:
        _write_json(report)
        return report.exit_code
    width = max(len(name) for name, _ in facts(report)) + 2
    for name, fact in facts(report):
        say(f"{name + ':':<{width}}{fact}")
    complain_of(report.problems)
    return report.exit_code


def _write_json(report: "InfoReport") -> None:
    from zpack.cli.json_output import report_object, write_object

    seconds, rest = None, None
    if report.newest_mtime_ns is not None:
        seconds, rest = divmod(report.newest_mtime_ns, 1_000_000_000)
    newest = {"newest_mtime": seconds, "newest_mtime_ns": rest}
    write_object(report_object(report, leave_out=("newest_mtime_ns",)) | newest)


def facts(report: "InfoReport") -> Iterator[tuple[str, str]]:
    """Names and values."""
    from zpack.cli.questions import moment

    yield "Archive", shown(report.archive)
    yield "Format", f"{report.format}{', made by zpack' if report.made_by_zpack else ''}"
    yield "Size", _exact(report.size)
    if report.volumes:
        last = shown(report.volumes[-1].rpartition("/")[2])
        yield "Volumes", f"{len(report.volumes):,}, up to {last}"
    content = _exact(report.content_size)
    if report.content_size:
        content += f", packed to {percent(report.size, report.content_size)}"
    yield "Content", content
    yield "Files", f"{report.files:,}"
    yield "Folders", f"{report.folders:,}"
    yield "Links", f"{report.links:,}"
    if report.newest_mtime_ns is not None:
        yield "Newest", moment(report.newest_mtime_ns)
    yield "Frames", f"{report.frames:,}"
    yield "Index", "yes: opens at once" if report.indexed else "none: is read through to be listed"
    yield "Digests", "yes: every file can be proven" if report.has_digests else "none"
    yield "Recovery", _recovery(report)


def _recovery(report: "InfoReport") -> str:
    if not report.has_recovery:
        return "none"
    if not report.recovery_percent:
        return "damaged beyond use"
    return f"yes: {report.recovery_percent} % of it can be lost and repaired"


def _exact(count: int) -> str:
    if count < 1000:
        return size(count)
    return f"{size(count)} ({counted(count, 'byte')})"
