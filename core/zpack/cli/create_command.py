"""``zpack create``: make an archive."""

import argparse
import os
from typing import TYPE_CHECKING

from zpack.cli.output import say
from zpack.cli.parser import whole_number
from zpack.cli.sizes import counted, duration, percent, size
from zpack.errors import shown

if TYPE_CHECKING:
    from zpack.operations.reports import CreateReport

USAGE = "zpack create ARCHIVE PATH... [options]"
FEWEST, MOST = 2, None
TOO_FEW = "It needs the name of the archive and what to put into it."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "--preset",
        metavar="NAME",
        default="balanced",
        help="fast, balanced or best (default: balanced)",
    )
    parser.add_argument(
        "--level",
        metavar="1-22",
        type=whole_number(1, 22),
        help="compression level, instead of the preset's",
    )
    parser.add_argument(
        "--threads",
        metavar="N",
        type=whole_number(0),
        default=0,
        help="how many threads compress (default: one a core)",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace the archive if it exists")
    parser.add_argument(
        "--verify", action="store_true", help="read the archive back and check it before it is kept"
    )
    originals = parser.add_mutually_exclusive_group()
    originals.add_argument(
        "--delete-originals",
        dest="originals",
        action="store_const",
        const="delete",
        default="keep",
        help="delete what is in the archive, once it is verified",
    )
    originals.add_argument(
        "--trash-originals",
        dest="originals",
        action="store_const",
        const="trash",
        help="move what is in the archive to the trash, once it is verified",
    )
    parser.add_argument(
        "--exclude",
        metavar="PATTERN",
        action="append",
        default=[],
        help="leave out what matches, as in .gitignore (repeat for more)",
    )
    parser.add_argument(
        "--exclude-from",
        metavar="FILE",
        action="append",
        default=[],
        help="leave out what matches a line of FILE",
    )
    parser.add_argument(
        "--exclude-vcs", action="store_true", help="leave out .git, .hg, .svn and the like"
    )
    parser.add_argument(
        "--exclude-caches",
        action="store_true",
        help="leave out tagged caches, __pycache__, .DS_Store and the like",
    )
    parser.add_argument(
        "--dereference",
        action="store_true",
        help="follow symbolic links: store what they lead to",
    )
    parser.add_argument("--no-owner", action="store_true", help="do not store whose the files are")


def run(options: argparse.Namespace) -> int:
    """Create the archive and report; returns the exit code."""
    from functools import partial

    from zpack.cli.problems import complain_of
    from zpack.cli.session import run_job
    from zpack.operations import CreateRequest, Originals, create

    archive, *sources = options.operands
    request = CreateRequest(
        target=archive,
        sources=tuple(sources),
        preset=options.preset,
        level=options.level,
        threads=options.threads,
        overwrite=options.overwrite,
        exclude=tuple(options.exclude),
        exclude_from=tuple(options.exclude_from),
        exclude_vcs=options.exclude_vcs,
        exclude_caches=options.exclude_caches,
        dereference=options.dereference,
        owners=not options.no_owner,
        latest=source_date_epoch(),
        verify=options.verify,
        originals=Originals(options.originals),
    )
    report = run_job(partial(create, request), options)
    if options.json:
        from zpack.cli.json_output import write_report

        write_report(report)
    else:
        if not options.quiet:
            say(created(report))
        complain_of(report.problems)
    return report.exit_code


def source_date_epoch() -> int | None:
    """What the environment sets as the latest time (reproducible-builds.org). Raises
    :class:`BadEpoch`."""
    from zpack.errors import BadEpoch

    value = os.environ.get("SOURCE_DATE_EPOCH")
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise BadEpoch(value)
    return int(value)


def created(report: "CreateReport") -> str:
    """What was made, in one line."""
    sizes = size(report.bytes_out)
    if report.bytes_in:
        ratio = percent(report.bytes_out, report.bytes_in)
        sizes = f"{size(report.bytes_in)} → {sizes} ({ratio})"
    contents = contents_of(report.files, report.folders, report.links)
    excluded = f" ({counted(report.excluded, 'item')} excluded)" if report.excluded else ""
    took = duration(report.seconds)
    done = f"Created {shown(report.target)}: {contents}{excluded}, {sizes} in {took}"
    if report.verified:
        done += "\nVerified: every file is as it was read"
    if report.removed:
        done += f"; {counted(report.removed, 'original')} removed"
    return done


def contents_of(files: int, folders: int, links: int) -> str:
    """``12,345 files``, links among them, as verify counts; folders only if there are none."""
    if folders and not files + links:
        return counted(folders, "folder")
    return counted(files + links, "file")
