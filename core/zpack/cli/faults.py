"""Whatever ends a command before its time, explained."""

import signal

from zpack.cli.interrupts import Interrupted
from zpack.errors import ExitCode, Explanation, ZpackError, system_failure
from zpack.jobs import Cancelled


def explain_fault(error: BaseException) -> Explanation:
    """``error`` as data, its exit code included."""
    match error:
        case ZpackError():
            return error.explain()
        case Cancelled():
            number = error.number if isinstance(error, Interrupted) else signal.SIGINT
            return _cancelled(128 + number, error.kept)
        case KeyboardInterrupt():
            return _cancelled(ExitCode.CANCELLED, ())
        case OSError():
            return system_failure(error, str(error.filename or "")).explain()
        case MemoryError():
            return _failure("no-memory", "There is not enough memory", "", "Close other programs.")
    return _failure(
        "internal",
        "Something went wrong inside zpack",
        f"{type(error).__name__}: {error}",
        "Please report it, with what the same command says when ZPACK_DEBUG=1 is set.",
    )


def _cancelled(exit_code: int, kept: tuple[str, ...]) -> Explanation:
    details = (
        "\n".join(("These were finished before, and stay as they are now:", *kept)) if kept else ""
    )
    hint = "" if kept else "What was there before is unchanged."
    return Explanation("cancelled", int(exit_code), "Cancelled", details, hint)


def _failure(code: str, title: str, details: str, hint: str) -> Explanation:
    return Explanation(code, int(ExitCode.FAILED), title, details, hint)
