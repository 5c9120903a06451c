"""Questions, asked on the terminal."""

import sys
import time
from typing import TextIO

from zpack.cli.output import complain
from zpack.cli.sizes import size
from zpack.errors import shown
from zpack.jobs import Answer, Choice, Conflict, LimitQuestion, Question

_CHOICES = {
    "s": Choice.SKIP,
    "o": Choice.OVERWRITE,
    "r": Choice.RENAME,
    "n": Choice.NEWER,
}
_PROMPT = "  [s]kip, [o]verwrite, [r]ename, [n]ewer wins; a capital letter for all: "


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is at the other end."""
    return stream is not None and not stream.closed and stream.isatty()


def cautious_answer(question: Question) -> Answer:
    """The answer where nobody can be asked: what exists is kept, no limit is passed."""
    return Answer(question.cautious, for_all=True)


def answer_on_terminal(question: Question) -> Answer:
    """Ask until there is an answer. At the end of the input everything is skipped or refused."""
    if isinstance(question, LimitQuestion):
        return _allow_on_terminal(question)
    complain(f"{shown(question.path)} exists already.")
    if isinstance(question, Conflict):
        complain(_file("there", question.old_size, question.old_mtime))
        complain(_file("in the archive", question.new_size, question.new_mtime))
        if question.same_content is False:
            complain("  Their contents differ.")
    while True:
        typed = _typed(_PROMPT)
        if not typed:
            return cautious_answer(question)
        letter = typed.strip()[:1]
        if letter.lower() in _CHOICES:
            return Answer(_CHOICES[letter.lower()], for_all=letter.isupper())


def _allow_on_terminal(question: LimitQuestion) -> Answer:
    complain(f"This goes past a safety limit: {shown(question.path)}")
    complain(f"  {shown(question.says())}.")
    while typed := _typed("  Go on all the same? [y]es, [n]o: "):
        letter = typed.strip()[:1].lower()
        if letter in ("y", "n"):
            return Answer(Choice.ALLOW if letter == "y" else Choice.REFUSE)
    return cautious_answer(question)


def _typed(prompt: str) -> str:
    """A line; empty at the end of the input."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    typed = sys.stdin.readline()
    if not typed:
        complain("")
    return typed


def _file(where: str, count: int, mtime_ns: int) -> str:
    return f"  {where + ':':<16}{moment(mtime_ns)}  {size(count)}"


def moment(mtime_ns: int) -> str:
    """A time in ns since 1970 as local date and time to the second."""
    try:
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(mtime_ns // 1_000_000_000))
    except (OverflowError, ValueError, OSError):
        return "no such time"
