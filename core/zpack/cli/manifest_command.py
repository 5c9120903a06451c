"""``zpack manifest``: the digests of an archive's files, for the usual tools to check."""

import argparse
from typing import TYPE_CHECKING

from zpack.cli.limit_options import add_limit_options, limits_of
from zpack.cli.output import complain, say
from zpack.cli.parser import WrongUsage, add_threads_option, one_of
from zpack.cli.sizes import counted

if TYPE_CHECKING:
    from zpack.jobs import Control
    from zpack.operations import ManifestReport, ManifestRequest

USAGE = "zpack manifest ARCHIVE [--algorithm NAME] [-o FILE] [options]"
FEWEST, MOST = 1, 1
TOO_FEW = "It needs the name of the archive."
_STANDARD_OUTPUT = 1
_CHECKED_BY = {"sha256": "sha256sum -c", "blake3": "b3sum -c", "xxh128": "xxhsum -c"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "--algorithm",
        metavar="NAME",
        type=one_of(*_CHECKED_BY),
        default="sha256",
        help="sha256 (default), blake3, or xxh128, which is in the archive and takes no time",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write there, not to standard output"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace FILE if it exists")
    add_threads_option(parser, "read")
    add_limit_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write the manifest and report; returns the exit code."""
    from zpack.cli.problems import complain_of
    from zpack.cli.session import run_job
    from zpack.operations import Algorithm, ManifestRequest

    if options.json and options.output is None:
        raise WrongUsage("The manifest goes to standard output: --json needs -o FILE.", "manifest")
    request = ManifestRequest(
        options.operands[0], Algorithm(options.algorithm), options.threads, limits_of(options)
    )

    def operation(control: "Control") -> "ManifestReport":
        return _write(request, options, control)

    report = run_job(operation, options)
    if options.json:
        from zpack.cli.json_output import write_report

        write_report(report)
        return report.exit_code
    if options.output is not None and not options.quiet:
        say(verdict(report, options.output))
    if not report.proven and not options.quiet:
        complain("zpack: Without digests in the archive nobody knows if these files are as put in.")
    complain_of(report.problems)
    return report.exit_code


def _write(
    request: "ManifestRequest", options: argparse.Namespace, control: "Control"
) -> "ManifestReport":
    from zpack.filesystem import AtomicFile, StreamTarget
    from zpack.operations import write_manifest

    if options.output is None:
        target = StreamTarget(_STANDARD_OUTPUT, "standard output", control.check)
        return write_manifest(request, target, control)
    with AtomicFile(options.output, overwrite=options.overwrite) as file:
        report = write_manifest(request, file, control)
        file.commit()
    return report


def verdict(report: "ManifestReport", name: str) -> str:
    """What was written, and what checks it."""
    from zpack.errors import shown

    files = counted(report.files, "file")
    tool = _CHECKED_BY[report.algorithm.value]
    return f"Wrote the digests of {files} to {shown(name)}. “{tool}” checks them."
