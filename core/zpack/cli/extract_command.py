"""``zpack extract``: take files out of an archive."""

import argparse
from typing import TYPE_CHECKING

from zpack.cli.limit_options import add_limit_options, add_name_encoding, limits_of
from zpack.cli.output import complain, say
from zpack.cli.parser import add_threads_option, one_of, whole_number
from zpack.cli.sizes import contents_of, counted, duration, size
from zpack.errors import ExitCode, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zpack.jobs import Control, Progress
    from zpack.operations.reports import ExtractReport
    from zpack.operations.requests import ExtractRequest

USAGE = "zpack extract ARCHIVE [MEMBER...] [options]"
FEWEST, MOST = 1, None
MOST_STRIPPED = 4096
TOO_FEW = "It needs the name of the archive."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "-C",
        dest="destination",
        metavar="DIR",
        help="extract straight into DIR, made if missing (default: the current folder, in a"
        " folder of its own if the archive has more than one item at its top)",
    )
    choices = ("ask", "skip", "overwrite", "rename", "newer")
    parser.add_argument(
        "--conflict",
        metavar="HOW",
        type=one_of(*choices),
        help=f"what to do where a file exists: {', '.join(choices)} (default: ask)",
    )
    for name, what in (("include", "take only"), ("exclude", "leave out")):
        parser.add_argument(
            f"--{name}",
            metavar="PATTERN",
            action="append",
            default=[],
            help=f"{what} what matches (.gitignore syntax; repeat it for more)",
        )
    parser.add_argument(
        "--strip-components",
        metavar="N",
        type=whole_number(0, MOST_STRIPPED),
        default=0,
        help="leave out the first N components of each path",
    )
    parser.add_argument(
        "--same-owner",
        action="store_true",
        help="restore owners too, setuid bits, and attributes that give privileges",
    )
    parser.add_argument(
        "--devices", action="store_true", help="make devices and FIFOs too, not only files"
    )
    add_threads_option(parser, "decompress")

    parser.add_argument(
        "-O",
        "--to-stdout",
        action="store_true",
        help="write the content of files to standard output, one after the other",
    )
    parser.add_argument(
        "--to-tar", action="store_true", help="write a tar of the entries to standard output"
    )
    add_name_encoding(parser)
    add_limit_options(parser, writes=True)


def run(options: argparse.Namespace) -> int:
    """Extract and report; returns the exit code."""
    import sys

    from zpack.cli.problems import complain_of
    from zpack.cli.questions import is_terminal
    from zpack.cli.session import run_job

    if options.to_stdout or options.to_tar:
        from zpack.cli.extract_pipe import run_pipe

        return run_pipe(options)
    unasked = (options.conflict or "ask") == "ask" and not is_terminal(sys.stdin)
    extraction = _Extraction(_request(options))
    report = run_job(extraction, options)
    code = report.exit_code
    if unasked and report.skipped and code == ExitCode.DONE:
        code = ExitCode.PARTIAL
    if options.json:
        from zpack.cli.json_output import report_object, write_object

        write_object(report_object(report) | {"exit_code": int(code)})
        return code
    if not options.quiet:
        say(extracted(report))
    if unasked and report.skipped:
        _complain_of_skipped(report.skipped, extraction.skipped())
    complain_of(report.problems)
    return code


class _Extraction:
    """The operation, and afterwards what it skipped."""

    def __init__(self, request: "ExtractRequest") -> None:
        self._request = request
        self._progress: Progress | None = None

    def __call__(self, control: "Control") -> "ExtractReport":
        from zpack.operations import extract

        self._progress = control.progress
        report: ExtractReport = extract(self._request, control)
        return report

    def skipped(self) -> "Iterator[bytes]":
        """The paths of what was skipped."""
        from zpack.entries import Listing
        from zpack.jobs import Outcome

        if self._progress is None or not isinstance(self._progress.items, Listing):
            return
        for row, outcome in enumerate(self._progress.outcomes):
            if outcome == Outcome.SKIPPED:
                yield self._progress.items.path(row)


def _complain_of_skipped(count: int, paths: "Iterator[bytes]") -> None:
    complain(f"zpack: {counted(count, 'file')} skipped, because something is there already:")
    for path in paths:
        complain(f"  {shown(path)}")
    complain(
        "  Nobody could be asked. “--conflict” says what to do: overwrite, rename, newer, skip."
    )


def _request(options: argparse.Namespace) -> "ExtractRequest":
    from zpack.operations import ExtractRequest, Folder, OnConflict

    archive, *members = options.operands
    return ExtractRequest(
        archive=archive,
        destination="." if options.destination is None else options.destination,
        members=tuple(members),
        folder=Folder.SMART if options.destination is None else Folder.NONE,
        conflict=OnConflict(options.conflict or "ask"),
        threads=options.threads,
        strip_components=options.strip_components,
        include=tuple(options.include),
        exclude=tuple(options.exclude),
        limits=limits_of(options),
        name_encoding=options.name_encoding,
        same_owner=options.same_owner,
        devices=options.devices,
    )


def extracted(report: "ExtractReport") -> str:
    """What came out, in one line."""
    contents = contents_of(report.files, report.folders, report.links)
    place = shown(report.destination)
    line = f"Extracted {contents}, {size(report.bytes_out)}, to {place} in"
    line += f" {duration(report.seconds)}"
    if report.replaced:
        line += f"; {counted(len(report.replaced), 'file')} replaced"
    if report.skipped:
        line += f"; {counted(report.skipped, 'file')} skipped"
    if report.identical:
        line += f"; {counted(report.identical, 'file')} there already"
    if report.stripped:
        line += f"; {counted(report.stripped, 'file')} left out with no path after stripping"
    return line
