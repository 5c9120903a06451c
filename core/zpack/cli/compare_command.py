"""``zpack compare``: tell how an archive and a folder differ."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from zpack.cli.limit_options import add_limit_options, limits_of
from zpack.cli.output import complain, say, write_bytes
from zpack.cli.parser import add_threads_option, some_of
from zpack.cli.sizes import counted
from zpack.errors import shown

if TYPE_CHECKING:
    from zpack.operations.differences import Difference
    from zpack.operations.reports import CompareReport
    from zpack.operations.requests import CompareRequest

USAGE = "zpack compare ARCHIVE DIR [MEMBER...] [options]"
FEWEST, MOST = 2, None
TOO_FEW = "It needs the name of the archive and the folder to compare it with."
_METADATA = ("mode", "mtime", "owner")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "--ignore",
        metavar="WHAT",
        type=some_of("mode", "mtime", "link", "owner"),
        default=(),
        help="do not look at mode, mtime, link or owner; several with commas between",
    )
    parser.add_argument(
        "--content-only", action="store_true", help="the same as --ignore mode,mtime,owner"
    )
    parser.add_argument("--owner", action="store_true", help="compare owners and groups, too")
    parser.add_argument(
        "--xattrs", action="store_true", help="compare extended attributes and ACLs, too"
    )
    parser.add_argument(
        "--quick", action="store_true", help="read no file: go by size and time only"
    )
    parser.add_argument(
        "--top", action="store_true", help="look for what is new directly in DIR, too"
    )
    add_threads_option(parser, "read")
    add_limit_options(parser)


def run(options: argparse.Namespace) -> int:
    """Compare and report; returns the exit code."""
    from functools import partial

    from zpack.cli.problems import complain_of
    from zpack.cli.session import run_job
    from zpack.operations import compare

    report = run_job(partial(compare, _request(options)), options)
    if options.json:
        write_bytes(_json(report))
        return report.exit_code
    if not options.quiet:
        _write(report.differences)
        (complain if report.differences else say)(verdict(report))
    complain_of(report.problems)
    return report.exit_code


def _request(options: argparse.Namespace) -> "CompareRequest":
    from zpack.operations import Aspect, CompareRequest

    archive, folder, *members = options.operands
    ignored = {*options.ignore, *(_METADATA if options.content_only else ())}
    if options.quick:
        ignored.add("content")
    if not options.owner:
        ignored.add("owner")
    if not options.xattrs:
        ignored.add("xattrs")
    return CompareRequest(
        archive=archive,
        folder=folder,
        members=tuple(members),
        ignore=tuple(aspect for aspect in Aspect if aspect.value in ignored),
        search_top=options.top,
        threads=options.threads,
        limits=limits_of(options),
    )


def _write(differences: "Iterable[Difference]") -> None:
    import sys

    from zpack.cli.questions import is_terminal

    write_bytes(lines(differences, escape=is_terminal(sys.stdout)))
    sys.stdout.flush()  # before the verdict


def lines(differences: "Iterable[Difference]", *, escape: bool) -> Iterator[bytes]:
    """What differs, two spaces, and the path; folders end in a slash."""
    import os

    from zpack.entries import Kind

    name: Callable[[str], bytes] = _escaped if escape else os.fsencode
    for one in differences:
        end = b"/\n" if one.kind == Kind.DIRECTORY else b"\n"
        yield words(one).encode("ascii") + b"  " + name(one.path) + end


def _escaped(name: str) -> bytes:
    return shown(name).encode("utf-8")


def words(difference: "Difference") -> str:
    """``missing``, ``new``, or in what it differs: ``content,mtime``."""
    return ",".join(each.value for each in difference.aspects) or difference.standing.value


def verdict(report: "CompareReport") -> str:
    """The outcome in one line."""
    from zpack.operations import Standing

    same = counted(report.same, "entry", "entries")
    if not report.differences:
        return f"No differences: {same} compared."
    standings = [one.standing for one in report.differences]
    counts = (
        (standings.count(Standing.DIFFERENT), "different"),
        (standings.count(Standing.MISSING), "missing"),
        (standings.count(Standing.NEW), "new"),
    )
    found = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    return f"zpack: {found}; {same} the same"


def _json(report: "CompareReport") -> Iterator[bytes]:
    from zpack.cli.json_output import report_object, stream_object

    before = report_object(report, leave_out=("differences",))
    after = {name: before.pop(name) for name in ("problems", "exit_code")}
    for piece in stream_object(
        before, "differences", map(difference_object, report.differences), after
    ):
        yield piece.encode("ascii")


def difference_object(difference: "Difference") -> dict[str, object]:
    """One difference as a JSON object."""
    import os

    from zpack.cli.json_listing import TYPE_WORDS
    from zpack.cli.json_output import text

    return {
        **text("path", os.fsencode(difference.path)),
        "what": difference.standing.value,
        "type": None if difference.kind is None else TYPE_WORDS[difference.kind],
        "differs": [aspect.value for aspect in difference.aspects],
    }
