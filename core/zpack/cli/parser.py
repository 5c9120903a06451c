"""What can be typed. Knows the verbs by name only: a verb is imported when it is asked for."""

import argparse
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from zpack.errors import ExitCode, ZpackError, shown
from zpack.records import record
from zpack.version import __version__

_NARROW, _USUAL, _WIDE = 40, 80, 120
VERBS = {
    "create": "make an archive of files and folders",
    "extract": "take files out of an archive",
    "list": "show what is in an archive",
    "verify": "check every byte of an archive",
    "manifest": "write the digests of an archive's files, for the usual tools to check",
    "repair": "bring back a damaged archive, or what is whole of it",
    "info": "show facts about an archive",
    "compare": "tell how an archive and a folder differ",
    "estimate": "tell how big an archive would be, and how long it would take",
    "doctor": "show what this machine and a disk can do",
    "add": "put files and folders into an archive",
    "delete": "take entries out of an archive",
    "rename": "give an entry of an archive another path",
    "mkdir": "make folders in an archive",
}

_HELP = f"""\
usage: zpack VERB ...

Standard archives (.tar.zst) that open at once and prove every byte.

{{verbs}}

“zpack VERB --help” explains a verb. “zpack --version” shows the version ({__version__}).
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 partly done, 4 damaged, 130 cancelled."""


class WrongUsage(ZpackError):
    """The command line makes no sense."""

    code = "usage"
    exit_code = ExitCode.USAGE

    def __init__(self, details: str, verb: str = "") -> None:
        command = f"zpack {verb} --help" if verb else "zpack --help"
        super().__init__("That is not how it is used", shown(details), f"“{command}” shows how.")


@record
class Command:
    """A verb with what was typed after it; :attr:`run` does it and returns the exit code."""

    run: Callable[[Any], int]
    options: argparse.Namespace


def help_text() -> str:
    """What ``zpack --help`` shows."""
    width = max(map(len, VERBS))
    verbs = "\n".join(f"  {verb:<{width}}  {purpose}" for verb, purpose in VERBS.items())
    return _HELP.format(verbs=verbs)


def parse(arguments: Sequence[str]) -> Command:
    """The command. Raises :class:`WrongUsage`; ``SystemExit`` after showing a verb's help."""
    verb, rest = arguments[0], arguments[1:]
    if verb.startswith("-"):
        raise WrongUsage(f"{verb} stands before the verb. Options come after it.")
    if verb not in VERBS:
        raise WrongUsage(f"“{verb}” is not one of: {', '.join(VERBS)}.")
    module = import_module(f"zpack.cli.{verb}_command")
    parser = _Parser(verb, module.USAGE)
    module.add_options(parser)
    options = parser.parse_all(rest)
    if len(options.operands) < module.FEWEST:
        raise WrongUsage(module.TOO_FEW, verb)
    if module.MOST is not None and len(options.operands) > module.MOST:
        extra = options.operands[module.MOST]
        raise WrongUsage(f"“{extra}” is one name too many.", verb)
    return Command(module.run, options)


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Made for each option that is added, too: by itself it would load ``shutil`` for the width."""
    return argparse.HelpFormatter(prog, width=_help_width())


def _help_width() -> int:
    try:
        return max(_NARROW, min(os.get_terminal_size(1).columns, _WIDE)) - 2
    except (OSError, ValueError):
        return _USUAL - 2


class _Parser(argparse.ArgumentParser):
    """Options anywhere, names anywhere, only names after ``--``; faults in our words."""

    def __init__(self, verb: str, usage: str) -> None:
        super().__init__(
            prog=f"zpack {verb}",
            usage=usage,
            description=VERBS[verb].capitalize() + ".",
            add_help=False,
            allow_abbrev=False,
            formatter_class=_formatter,
        )
        self._verb = verb
        self.add_argument("-h", "--help", action="help", help="show this help")
        self.add_argument("-q", "--quiet", action="store_true", help="say only what went wrong")
        self.add_argument("--json", action="store_true", help="answer in JSON")

    def parse_all(self, arguments: Sequence[str]) -> argparse.Namespace:
        arguments = list(arguments)
        end = arguments.index("--") if "--" in arguments else len(arguments)
        options, names = self.parse_known_args(arguments[:end])
        unknown = [name for name in names if name.startswith("-") and name != "-"]
        if unknown:
            raise WrongUsage(
                f"There is no option {unknown[0]}. A name that begins with “-” goes after “--”.",
                self._verb,
            )
        options.operands = names + arguments[end + 1 :]
        return options

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{message[:1].upper()}{message[1:]}.", self._verb)


def add_threads_option(parser: argparse.ArgumentParser, what: str) -> None:
    """``--threads``, of those that do ``what``."""
    parser.add_argument(
        "--threads",
        metavar="N",
        type=whole_number(0),
        default=0,
        help=f"how many threads {what} (default: one a core)",
    )


def whole_number(fewest: int, most: int | None = None) -> Callable[[str], int]:
    """Reads a number in a range, for ``add_argument(type=...)``."""
    limits = f"{fewest} or more" if most is None else f"from {fewest} to {most}"

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"“{text}” is not a number {limits}") from None
        if number < fewest or (most is not None and number > most):
            raise argparse.ArgumentTypeError(f"{number} is not a number {limits}")
        return number

    return read


def some_of(*words: str) -> Callable[[str], tuple[str, ...]]:
    """Reads some of some words, with commas between, for ``add_argument(type=...)``."""

    def read(text: str) -> tuple[str, ...]:
        given = tuple(text.split(","))
        for word in given:
            if word not in words:
                raise argparse.ArgumentTypeError(f"“{word}” is not one of: {', '.join(words)}")
        return given

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """Reads one of some words, for ``add_argument(type=...)``."""

    def read(text: str) -> str:
        if text not in words:
            raise argparse.ArgumentTypeError(f"“{text}” is not one of: {', '.join(words)}")
        return text

    return read
