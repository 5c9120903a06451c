"""The problems of a report, grouped by what happened."""

from collections.abc import Iterable

from zpack.cli.output import complain
from zpack.cli.sizes import counted
from zpack.errors import Explanation, shown

_HEADINGS = {
    "unreadable": "could not be read",
    "changed": "changed while it was read",
    "left-out": "left out",
    "refused": "not extracted, because it is not safe",
    "unwritable": "could not be written",
    "damaged": "damaged",
    "not-compared": "could not be compared",
    "link-target-missing": "could not be linked",
}


def complain_of(problems: Iterable[Explanation]) -> None:
    """Every problem with its path and reason, and once for each group what to do."""
    groups: dict[str, list[Explanation]] = {}
    for problem in problems:
        groups.setdefault(problem.code, []).append(problem)
    for code, group in groups.items():
        complain(f"zpack: {_heading(code, group)}:")
        for problem in group:
            complain(f"  {shown(problem.details or problem.path)}")
        for hint in dict.fromkeys(problem.hint for problem in group if problem.hint):
            complain(f"  {shown(hint)}")


def _heading(code: str, group: list[Explanation]) -> str:
    words = _HEADINGS.get(code)
    if words is None:
        return shown(group[0].title)
    return f"{counted(len(group), 'file')} {words}"
