"""``zpack extract`` to standard output: contents, or a tar."""

import argparse
import sys

from zpack.cli.limit_options import limits_of
from zpack.cli.parser import WrongUsage
from zpack.cli.problems import complain_of
from zpack.cli.questions import is_terminal
from zpack.cli.session import run_job
from zpack.filesystem import StreamTarget
from zpack.jobs import Control
from zpack.operations import PipeReport, PipeRequest, write_contents, write_tar

_STANDARD_OUTPUT = 1


def run_pipe(options: argparse.Namespace) -> int:
    """Write and complain; returns the exit code. Standard output takes nothing else."""
    _check(options)
    archive, *members = options.operands
    request = PipeRequest(
        archive,
        tuple(members),
        include=tuple(options.include),
        exclude=tuple(options.exclude),
        strip_components=options.strip_components,
        limits=limits_of(options),
        name_encoding=options.name_encoding,
    )
    write = write_tar if options.to_tar else write_contents

    def pipe(control: Control) -> PipeReport:
        return write(
            request, StreamTarget(_STANDARD_OUTPUT, "standard output", control.check), control
        )

    # Progress would run into what is shown.
    options.quiet = options.quiet or is_terminal(sys.stdout)
    report = run_job(pipe, options)
    complain_of(report.problems)
    return report.exit_code


def _check(options: argparse.Namespace) -> None:
    flag = "--to-tar" if options.to_tar else "--to-stdout"
    other = {
        "--to-stdout": options.to_tar and options.to_stdout,
        "-C": options.destination is not None,
        "--conflict": options.conflict is not None,
        "--json": options.json,
    }
    for name, given in other.items():
        if given:
            raise WrongUsage(f"{flag} writes to standard output: {name} makes no sense.", "extract")
    if options.to_tar and is_terminal(sys.stdout):
        raise WrongUsage(
            "--to-tar would write a tar to the terminal. Send it to a file or a program.", "extract"
        )
