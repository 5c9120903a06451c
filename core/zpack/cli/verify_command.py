"""``zpack verify``: check every byte of an archive."""

import argparse
from typing import TYPE_CHECKING

from zpack.cli.limit_options import add_limit_options, limits_of
from zpack.cli.output import complain, say
from zpack.cli.parser import whole_number
from zpack.cli.sizes import counted
from zpack.errors import ExitCode

if TYPE_CHECKING:
    from zpack.operations.reports import VerifyReport

USAGE = "zpack verify ARCHIVE [options]"
FEWEST, MOST = 1, 1
TOO_FEW = "It needs the name of the archive."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "--threads",
        metavar="N",
        type=whole_number(0),
        default=0,
        help="how many threads check (default: one a core)",
    )
    add_limit_options(parser)


def run(options: argparse.Namespace) -> int:
    """Verify and report; returns the exit code."""
    from functools import partial

    from zpack.cli.problems import complain_of
    from zpack.cli.session import run_job
    from zpack.operations import VerifyRequest, verify

    request = VerifyRequest(options.operands[0], options.threads, limits_of(options))
    report = run_job(partial(verify, request), options)
    if options.json:
        from zpack.cli.json_output import write_report

        write_report(report)
        return report.exit_code
    if report.exit_code != ExitCode.DONE:
        complain(f"zpack: {verdict(report)}")
    elif not options.quiet:
        say(verdict(report))
    complain_of(report.problems)
    return report.exit_code


def verdict(report: "VerifyReport") -> str:
    """How much is known of the archive, in one line."""
    from zpack.operations import Proof

    files = counted(report.files, "file")
    match report.proof:
        case Proof.PROVEN:
            return f"Proven: {_every_one(report.files)} as it was put in."
        case Proof.CHECKED:
            return f"Checked: {files}, every checksum is right. Without digests no more is known."
        case Proof.READABLE:
            return f"Readable: {files}. Without checksums nobody knows if they are as put in."
        case Proof.PROOF_LOST:
            return f"Proof lost: {files} can be read, but what would prove them is gone."
    bad = report.files - report.good
    if not bad:
        return "Damaged: the archive as a whole is not as it was made."
    return f"Damaged: {bad:,} of {files} {'is' if bad == 1 else 'are'} not as put in."


def _every_one(files: int) -> str:
    if files == 0:
        return "the archive has no files, and is"
    return "its one file is" if files == 1 else f"every one of {files:,} files is"
