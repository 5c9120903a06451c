"""Options for archives by others: limits on what they may ask for, and how names are read."""

import argparse
from typing import TYPE_CHECKING

from zpack.cli.parser import whole_number

if TYPE_CHECKING:
    from zpack.operations.limits import Limits

_UNITS = ("", "K", "M", "G", "T", "P")


def add_limit_options(parser: argparse.ArgumentParser, *, writes: bool = False) -> None:
    """Those of every verb that reads an archive; ``writes``: also those of extracting."""
    group = parser.add_argument_group("limits (0: none)")
    group.add_argument(
        "--max-size", metavar="SIZE", type=byte_count, help="bytes of content (default: 8T)"
    )
    group.add_argument(
        "--max-ratio",
        metavar="N",
        type=whole_number(0),
        help="bytes of content for each byte of the archive, from 8G of content on (default: 1000)",
    )
    group.add_argument(
        "--max-entries", metavar="N", type=whole_number(0), help="entries (default: 20000000)"
    )
    group.add_argument(
        "--max-memory",
        metavar="SIZE",
        type=byte_count,
        help="memory for the list of an archive without an index (default: half of what there is)",
    )
    if writes:
        group.add_argument(
            "--max-entry-seconds",
            metavar="N",
            type=whole_number(0),
            help="time for one entry (default: 86400, a day)",
        )
        group.add_argument(
            "--no-space-check",
            dest="space",
            action="store_false",
            help="do not look whether there is room for the content first",
        )


def add_name_encoding(parser: argparse.ArgumentParser) -> None:
    """How names that are not UTF-8 are read."""
    parser.add_argument(
        "--name-encoding",
        metavar="NAME",
        help="read names that are not UTF-8 in this encoding: CP932, GBK, CP1251...",
    )


def limits_of(options: argparse.Namespace) -> "Limits":
    """The limits that were asked for."""
    from zpack.operations.limits import USUAL_LIMITS
    from zpack.records import replace

    given = {
        "size": options.max_size,
        "ratio": options.max_ratio,
        "entries": options.max_entries,
        "memory": options.max_memory,
        "entry_seconds": getattr(options, "max_entry_seconds", None),
        "space": getattr(options, "space", None),
    }
    said = {name: value for name, value in given.items() if value is not None}
    return replace(USUAL_LIMITS, **said)


def byte_count(text: str) -> int:
    """Reads a size: ``500``, ``10G``, ``10GB`` (powers of 1000), ``10GiB`` (powers of 1024)."""
    number = text.rstrip("KMGTPkgmtpiBb ")
    unit = text[len(number) :].strip().upper()
    base = 1024 if unit.endswith("IB") else 1000
    unit = unit.removesuffix("IB").removesuffix("B")
    try:
        value = float(number) if "." in number else int(number)
    except ValueError:
        value = -1
    if unit not in _UNITS or not 0 <= value < 1 << 63:
        raise argparse.ArgumentTypeError(f"“{text}” is not a size such as 500, 10G or 10GiB")
    return int(value * base ** _UNITS.index(unit))
