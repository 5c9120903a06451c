"""``zpack repair``: bring a damaged archive back, or what is whole of it."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from zpack.cli.create_options import whole_percent
from zpack.cli.limit_options import add_limit_options, limits_of
from zpack.cli.output import complain, say
from zpack.cli.parser import WrongUsage, add_threads_option

if TYPE_CHECKING:
    from zpack.operations.reports import AddRecoveryReport, DamageReport, RepairReport

USAGE = "zpack repair DAMAGED [COPY...] -o FIXED [options]"
FEWEST, MOST = 1, None
TOO_FEW = "It needs the name of the archive."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument("-o", "--output", metavar="FIXED", help="where the repaired archive goes")
    parser.add_argument("--overwrite", action="store_true", help="replace FIXED if it exists")
    parser.add_argument(
        "--partial",
        metavar="ARCHIVE",
        help="put what is left of files that are lost into another archive",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only tell what would come back, and what not"
    )
    parser.add_argument(
        "--add-recovery",
        metavar="PERCENT",
        type=whole_percent,
        help="give a whole archive a recovery record: 5%%; without -o in its own place",
    )
    add_threads_option(parser, "work")
    add_limit_options(parser)


def run(options: argparse.Namespace) -> int:
    """Repair and report; returns the exit code."""
    if options.add_recovery is not None:
        return _add_recovery(options)
    if options.dry_run:
        return _assess(options)
    if options.output is None:
        raise WrongUsage("It needs a place for the repaired archive: -o FIXED.", "repair")
    return _repair(options)


def _add_recovery(options: argparse.Namespace) -> int:
    from zpack.cli.session import run_job
    from zpack.operations import AddRecoveryRequest, add_recovery

    if options.dry_run or len(options.operands) > 1:
        raise WrongUsage("A recovery record is added to one archive, which is whole.", "repair")
    request = AddRecoveryRequest(
        options.operands[0],
        options.add_recovery,
        options.output,
        options.overwrite,
        options.threads,
    )
    report = run_job(partial(add_recovery, request), options)
    if options.json:
        _write_json(report)
    elif not options.quiet:
        from zpack.cli.repair_words import added

        say(added(report))
    return report.exit_code


def _assess(options: argparse.Namespace) -> int:
    from zpack.cli.session import run_job
    from zpack.operations import AssessDamageRequest, assess_damage

    damaged, *copies = options.operands
    request = AssessDamageRequest(damaged, tuple(copies), limits_of(options))
    report = run_job(partial(assess_damage, request), options)
    if options.json:
        _write_json(report)
        return report.exit_code
    from zpack.cli.repair_words import assessed

    _tell(assessed(report), report, options)
    return report.exit_code


def _repair(options: argparse.Namespace) -> int:
    from zpack.cli.session import run_job
    from zpack.operations import RepairRequest, repair

    damaged, *copies = options.operands
    request = RepairRequest(
        damaged=damaged,
        target=options.output,
        copies=tuple(copies),
        overwrite=options.overwrite,
        threads=options.threads,
        limits=limits_of(options),
        partial=options.partial,
    )
    report = run_job(partial(repair, request), options)
    if options.json:
        _write_json(report)
        return report.exit_code
    from zpack.cli.repair_words import repaired

    _tell(repaired(report), report.damage, options)
    return report.exit_code


def _write_json(report: "AddRecoveryReport | DamageReport | RepairReport") -> None:
    from zpack.cli.json_output import write_report

    write_report(report)


def _tell(line: str, damage: "DamageReport", options: argparse.Namespace) -> None:
    from zpack.cli.problems import complain_of
    from zpack.cli.repair_words import details, lost_lines

    if not options.quiet:
        say(line)
        for detail in details(damage):
            say(detail)
    for each in lost_lines(damage):
        complain(each)
    complain_of(damage.problems)
