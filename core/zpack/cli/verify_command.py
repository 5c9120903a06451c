"""``zpack verify``: check every byte of an archive."""

import argparse
from typing import TYPE_CHECKING

from zpack.cli.limit_options import add_limit_options, limits_of
from zpack.cli.output import complain, say, write_bytes
from zpack.cli.parser import WrongUsage, add_threads_option
from zpack.cli.sizes import counted
from zpack.errors import ExitCode

if TYPE_CHECKING:
    from zpack.jobs import Control, Progress
    from zpack.operations.reports import VerifyReport
    from zpack.operations.requests import VerifyRequest

USAGE = "zpack verify ARCHIVE [--quick] [--against DIR] [options]"
FEWEST, MOST = 1, 1
TOO_FEW = "It needs the name of the archive."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "--quick",
        action="store_true",
        help="compare the archive's bytes with their checksums, and unpack nothing",
    )
    parser.add_argument(
        "--against", metavar="DIR", help="verify, and compare with the files below DIR"
    )
    parser.add_argument(
        "--content-only",
        action="store_true",
        help="with --against: do not compare modes, times and owners",
    )
    parser.add_argument(
        "--frames", action="store_true", help="show each of the archive's frames, and how it is"
    )
    parser.add_argument(
        "--all", action="store_true", help="with --json: list every file, not only damaged ones"
    )
    add_threads_option(parser, "check")
    add_limit_options(parser)


def run(options: argparse.Namespace) -> int:
    """Verify and report; returns the exit code."""
    from zpack.cli.session import run_job
    from zpack.operations import verify

    _check(options)
    request = _request(options)

    def operation(control: "Control") -> "tuple[VerifyReport, Progress]":
        return verify(request, control), control.progress

    report, progress = run_job(operation, options)
    if options.json:
        from zpack.cli.verify_json import pieces

        write_bytes(pieces(report, progress, every=options.all, frames=options.frames))
    else:
        _tell(report, progress, options)
    return report.exit_code


def _check(options: argparse.Namespace) -> None:
    if options.content_only and options.against is None:
        raise WrongUsage("--content-only says what --against compares.", "verify")
    if options.all and not options.json:
        raise WrongUsage("--all is for --json.", "verify")


def _request(options: argparse.Namespace) -> "VerifyRequest":
    from zpack.operations import Aspect, Depth, VerifyRequest

    ignore = {Aspect.OWNER, Aspect.XATTRS}
    if options.content_only:
        ignore |= {Aspect.MODE, Aspect.MTIME}
    return VerifyRequest(
        options.operands[0],
        options.threads,
        limits_of(options),
        Depth.QUICK if options.quick else Depth.FULL,
        options.against,
        tuple(aspect for aspect in Aspect if aspect in ignore),
    )


def _tell(report: "VerifyReport", progress: "Progress", options: argparse.Namespace) -> None:
    from zpack.cli.problems import complain_of
    from zpack.cli.verify_lines import frame_lines, place_lines

    if options.frames:
        write_bytes(frame_lines(progress))
    if report.folder and not options.quiet:
        _tell_differences(report)
    if report.exit_code != ExitCode.DONE:
        complain(f"zpack: {verdict(report)}")
    elif not options.quiet:
        say(verdict(report))
    complain_of(report.problems)
    for line in place_lines(report):
        complain(line)


def _tell_differences(report: "VerifyReport") -> None:
    import sys

    from zpack.cli.compare_command import lines
    from zpack.cli.questions import is_terminal

    write_bytes(lines(report.differences, escape=is_terminal(sys.stdout)))
    sys.stdout.flush()  # before the verdict


def verdict(report: "VerifyReport") -> str:
    """How much is known of the archive, and how it compares, in one line."""
    text = _verdict(report)
    if not report.folder:
        return text
    if not report.differences:
        return f"{text} On disk there is the same."
    differences = counted(len(report.differences), "difference")
    return f"{text} {differences} on disk."


def _verdict(report: "VerifyReport") -> str:
    from zpack.operations import Proof

    files = counted(report.files, "file")
    if report.proof is Proof.DAMAGED:
        return _damaged(report, files)
    frames = counted(report.frames, "frame")
    return {
        Proof.PROVEN: f"Proven: {_every_one(report.files)} as it was put in.",
        Proof.INTACT: f"Intact: every byte of the archive is as it was written ({files}). "
        "Without --quick its files are unpacked and proven.",
        Proof.CHECKED: f"Checked: {files}, every checksum is right. "
        "Without digests no more is known.",
        Proof.READABLE: f"Readable: {files}. Without checksums nobody knows if they are as put in.",
        Proof.UNKNOWN: f"Unknown: as far as can be seen nothing is cut off ({frames}). "
        "Without an index no more is known until it is unpacked: leave out --quick.",
        Proof.PROOF_LOST: f"Proof lost: {_can_be_read(report)}, but what would prove them is gone.",
    }[report.proof]


def _can_be_read(report: "VerifyReport") -> str:
    files = counted(report.files, "file")
    return f"{files} can be read" if report.files else "its files may be there"


def _damaged(report: "VerifyReport", files: str) -> str:
    bad = report.files - report.good
    if not bad:
        return "Damaged: the archive as a whole is not as it was made."
    return f"Damaged: {bad:,} of {files} {'is' if bad == 1 else 'are'} not as put in."


def _every_one(files: int) -> str:
    if files == 0:
        return "the archive has no files, and is"
    return "its one file is" if files == 1 else f"every one of {files:,} files is"
