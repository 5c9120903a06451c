"""The root of the hierarchy: every error explains itself."""

from enum import IntEnum
from typing import ClassVar

from zpack.records import record


class ExitCode(IntEnum):
    """What the command line returns."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3
    DAMAGED = 4
    PASSWORD = 5
    CANCELLED = 130


@record
class Explanation:
    """An error as data: what crosses a process border and goes into reports.

    ``code`` is stable, for programs; ``title`` says what happened, ``details`` to
    which file and why, ``hint`` what to do next. ``path`` is the file as the system
    names it (undecodable bytes as surrogates), or empty.
    """

    code: str
    exit_code: int
    title: str
    details: str
    hint: str
    path: str = ""


class ZpackError(Exception):
    """Something a person has to know. Subclasses own code, exit code and words."""

    code: ClassVar[str] = "failed"
    exit_code: ClassVar[ExitCode] = ExitCode.FAILED

    def __init__(self, title: str, details: str = "", hint: str = "", path: str = "") -> None:
        super().__init__(title, details, hint)
        self.title = title
        self.details = details
        self.hint = hint
        self.path = path

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.title}.", self.details, self.hint) if part)

    def __reduce__(self) -> tuple[object, ...]:
        """Subclasses are made of other arguments than those that they pass on."""
        return _as_it_was, (type(self), self.args, self.__dict__)

    def explain(self) -> Explanation:
        """This error as data."""
        return Explanation(
            self.code, int(self.exit_code), self.title, self.details, self.hint, self.path
        )


def _as_it_was(
    kind: type[ZpackError], args: tuple[str, ...], state: dict[str, object]
) -> ZpackError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error
