"""The command line's entry: from arguments to an exit code."""

import os
import signal
import sys
from collections.abc import Sequence

from zpack.cli import output
from zpack.cli.parser import help_text, parse
from zpack.errors import ExitCode, system_failure
from zpack.jobs import Cancelled
from zpack.version import __version__

_READER_GONE = 128 + getattr(signal, "SIGPIPE", 13)  # what a shell shows for other programs


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what ``arguments`` (by default the process's) ask for; returns the exit code.

    For the main thread. Nothing is raised but ``SystemExit`` after a verb's help.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    output.prepare()
    try:
        code = _run(arguments)
    except BrokenPipeError:
        code = _READER_GONE
    except OSError as error:  # the explanation could not be written either
        output.explain(system_failure(error, "standard output").explain())
        code = ExitCode.FAILED
    return _finish(code)


def _finish(code: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        output.stop_writing()
        return code or _READER_GONE
    except OSError as error:
        output.stop_writing()
        if code == ExitCode.DONE:  # otherwise it has been explained
            output.explain(system_failure(error, "standard output").explain())
            return ExitCode.FAILED
    return code


def _run(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        output.say(help_text())
        return ExitCode.DONE if arguments else ExitCode.USAGE
    if arguments[0] == "--version":
        output.say(f"zpack {__version__}")
        return ExitCode.DONE
    try:
        command = parse(arguments)
        return command.run(command.options)
    except BrokenPipeError:
        raise
    except (Exception, Cancelled, KeyboardInterrupt) as error:
        return _explain(error, as_json="--json" in arguments)


def _explain(error: BaseException, as_json: bool) -> int:
    """Say what went wrong; returns the exit code."""
    from zpack.cli.faults import explain_fault

    explanation = explain_fault(error)
    if os.environ.get("ZPACK_DEBUG"):
        import traceback

        traceback.print_exception(error)
    if as_json:
        from zpack.cli.json_output import write_error

        write_error(error, explanation)
    else:
        output.explain(explanation)
    return explanation.exit_code
