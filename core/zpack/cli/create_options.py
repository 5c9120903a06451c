"""The options of ``zpack create``."""

import argparse
import os
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from zpack.cli.coding_options import add_coding_options

if TYPE_CHECKING:
    from zpack.operations.requests import CreateRequest

_SIZE = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,9})?) ?([kmgt])?(i)?b?", re.IGNORECASE | re.ASCII)
_PERCENT = re.compile(r"([0-9]{1,9}) ?%?", re.ASCII)


def add_all(parser: argparse.ArgumentParser) -> None:
    """All of them."""
    _add_packing(parser)
    _add_afterwards(parser)
    add_source_options(parser)


def add_source_options(parser: argparse.ArgumentParser) -> None:
    """How files and folders on the disk are looked at."""
    add_leaving_out(parser)
    _add_looking(parser)


def _add_packing(parser: argparse.ArgumentParser) -> None:
    add_coding_options(
        parser,
        "fastest, fast, balanced or best (default: balanced; fastest for .tar.lz4)",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace the archive if it exists")
    parser.add_argument(
        "--from-tar",
        metavar="FILE",
        help="take what is in a tar, read once; - is standard input",
    )
    parser.add_argument(
        "--volume-size",
        metavar="SIZE",
        type=byte_count,
        help="write volumes of at most SIZE: 100M, 4G, 650MiB",
    )
    parser.add_argument(
        "--recovery",
        metavar="PERCENT",
        type=whole_percent,
        help="add a recovery record, from which damage can be repaired: 5%%",
    )
    parser.add_argument(
        "--each",
        action="store_true",
        help="ARCHIVE is a folder: make an archive in it for each path",
    )


def _add_afterwards(parser: argparse.ArgumentParser) -> None:
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


def add_leaving_out(parser: argparse.ArgumentParser) -> None:
    """What says what is left out."""
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


def _add_looking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dereference",
        action="store_true",
        help="follow symbolic links: store what they lead to",
    )
    parser.add_argument("--no-owner", action="store_true", help="do not store whose the files are")


def request_of(options: argparse.Namespace) -> "CreateRequest":
    """What was asked for. Raises :class:`BadEpoch`."""
    from zpack.operations import CreateRequest, Originals

    archive, *sources = options.operands
    return CreateRequest(
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
        volume_size=options.volume_size,
        recovery=options.recovery,
    )


def byte_count(text: str) -> int:
    """Reads a size, for ``add_argument(type=...)``: ``4G``, ``4GB`` are powers of 1000, ``4GiB``
    of 1024."""
    found = _SIZE.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a size such as 100M, 4G or 650MiB")
    base = 1024 if found[3] else 1000
    return int(Decimal(found[1]) * base ** " kmgt".index((found[2] or " ").lower()))


def whole_percent(text: str) -> int:
    """Reads a share of the whole, for ``add_argument(type=...)``: ``5%`` or ``5``."""
    found = _PERCENT.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of percent, such as 5%")
    return int(found[1])


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
