"""``zpack doctor``: what this machine and a disk can do."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from zpack.cli.output import say
from zpack.cli.sizes import counted, size
from zpack.errors import shown

if TYPE_CHECKING:
    from zpack.filesystem import DiskAbilities
    from zpack.operations import DoctorReport

USAGE = "zpack doctor [PATH] [options]"
FEWEST, MOST = 0, 1
TOO_FEW = ""

_ABILITIES = {
    "writable": "Writable",
    "reflink": "Copies that share blocks",
    "hard_links": "Hard links",
    "symlinks": "Symbolic links",
    "xattrs": "Extended attributes",
    "acls": "Access control lists",
    "sparse": "Files with holes",
    "folder_sync": "Renames made durable",
    "locks": "Locks",
    "nanoseconds": "Times to the nanosecond",
    "case_sensitive": "Case is told apart",
}
_WORDS = {True: "yes", False: "no", None: "not tried"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """It has none of its own."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Look and report; returns the exit code."""
    from functools import partial

    from zpack.cli.session import run_job
    from zpack.operations import DoctorRequest, doctor

    path = options.operands[0] if options.operands else "."
    report = run_job(partial(doctor, DoctorRequest(path)), options)
    if options.json:
        from zpack.cli.json_output import write_report

        write_report(report)
        return report.exit_code
    lines = [*machine(report), *disk(report.path, report.disk)]
    width = max(len(name) for name, _ in lines) + 2
    for name, fact in lines:
        say(f"{name + ':':<{width}}{fact}")
    for note in report.notes:
        say(note.meaning)
    return report.exit_code


def machine(report: "DoctorReport") -> Iterator[tuple[str, str]]:
    """Versions, cores, memory."""
    for component in report.components:
        yield component.name, component.version or "not installed"
    yield "System", report.system
    cores = f"{report.cores}"
    if report.cores != report.cores_present:
        cores += f" of {report.cores_present}: zpack may use no more"
    yield "Cores", cores
    yield "Memory", "not known" if report.memory is None else size(report.memory)


def disk(path: str, abilities: "DiskAbilities") -> Iterator[tuple[str, str]]:
    """What works on the disk."""
    yield "Disk of", shown(path)
    if abilities.free is not None:
        yield "Free", size(abilities.free)
    if abilities.longest_name is not None:
        yield "Longest name", counted(abilities.longest_name, "byte")
    for field, title in _ABILITIES.items():
        yield title, _WORDS[getattr(abilities, field)]
