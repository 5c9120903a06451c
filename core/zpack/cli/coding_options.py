"""The options of every verb that compresses."""

import argparse

from zpack.cli.parser import add_threads_option, whole_number


def add_coding_options(parser: argparse.ArgumentParser, presets: str) -> None:
    """How to compress; ``presets`` is the help for ``--preset``."""
    parser.add_argument("--preset", metavar="NAME", help=presets)
    parser.add_argument(
        "--level",
        metavar="1-22",
        type=whole_number(1, 22),
        help="compression level, instead of the preset's",
    )
    add_threads_option(parser, "compress")
