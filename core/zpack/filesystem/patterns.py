"""Patterns of names in the syntax of ``.gitignore``, which take no exponential time.

pathspec translates a pattern into a regular expression. Those go back and try again at every ``*``,
so that ``*a*a*a*a*a*b`` and a name of many letters a would take hours. Here each stretch up to the
next wildcard is matched where it comes first and never again (as Python's ``fnmatch`` does it):
that finds a match whenever there is one.
"""

import re
from collections.abc import Iterable
from itertools import groupby

MOST_PATTERNS = 4096
_LONGEST = 4096
# What pathspec writes for the parts of a pattern.
_STAR, _ONE = "[^/]*", "[^/]"
_FIRST, _INNER = "^(?:.+/)?", "(?:/.+)?"  # ** and / at the beginning; / and ** further on
_FOLDER = "(?P<ps_d>/)"
_FOLDER_OR_END = f"(?:{_FOLDER}|$)"
_NO_SLASH = r"(?!\x2f)"  # written so that only slashes between names are slashes here
_BRACKETS = r"\\.|\[\^?\]?[^\]]*\]"


class PatternError(ValueError):
    """``pattern`` makes no sense; the text says why."""

    def __init__(self, pattern: str, why: str) -> None:
        super().__init__(why)
        self.pattern = pattern


class Patterns:
    """Tells what is matched by lines in the syntax of ``.gitignore``: blank lines and those that
    begin with ``#`` mean nothing, ``!`` takes back what was matched before.

    Raises :class:`PatternError`. Any thread may ask.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        rules = [rule for line in lines if (rule := _translate(line)) is not None]
        if len(rules) > MOST_PATTERNS:
            raise PatternError("", f"there are more than {MOST_PATTERNS:,} patterns")
        # The last that matches decides; neighbours of one kind are one expression.
        self._rules: list[tuple[re.Pattern[str], bool]] = [
            (re.compile("|".join(regex for regex, _ in group), re.DOTALL), wanted)
            for wanted, group in groupby(reversed(rules), key=lambda rule: rule[1])
        ]

    def match(self, path: str, *, folder: bool) -> bool:
        """Whether the path itself is matched (what is in a matched folder must not be asked)."""
        if folder:
            path += "/"
        for regex, matched in self._rules:
            if regex.search(path):
                return matched
        return False


def _translate(line: str) -> tuple[str, bool] | None:
    if len(line) > _LONGEST:
        raise PatternError(line[:40] + "…", f"it is longer than {_LONGEST:,} characters")
    if "\0" in line or "\n" in line:
        raise PatternError(line, "it has a NUL or a line break")
    if line.strip() and not line.removeprefix("!").strip("/ "):
        raise PatternError(line, "it names nothing")
    # Late: it takes longer to load than most commands take, and few have patterns.
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern  # noqa: PLC0415

    try:
        # folder/**/ means folders in it, and to pathspec the folder itself.
        wanted = line + "*/" if line.endswith("/**/") else line
        regex, matched = GitIgnoreSpecPattern.pattern_to_regex(wanted)
    except ValueError:
        raise PatternError(line, "it ends with a backslash") from None
    if regex is None or matched is None:
        if not line.strip() or line.startswith("#"):
            return None
        raise PatternError(line, "its brackets are not closed")
    try:
        regex = _without_going_back(re.sub(_BRACKETS, _escape_brackets, regex, flags=re.DOTALL))
        re.compile(regex, re.DOTALL)
    except (re.error, RecursionError, OverflowError):
        raise PatternError(line, "its brackets make no sense") from None
    return regex, matched


def _escape_brackets(found: "re.Match[str]") -> str:
    """No brackets stand for a slash; what later versions of Python will take for sets in sets
    means itself."""
    text = found[0]
    if text.startswith("\\") or text == _ONE:
        return text
    if "[:" in text or "--" in text:
        raise re.error("classes of characters are not known")
    return _NO_SLASH + "[" + re.sub(r"([\[&~|])", r"\\\1", text[1:])


def _without_going_back(regex: str) -> str:
    body = _ending(regex)
    if not body.startswith("^"):
        return body  # it matches everything, or every folder
    stretches = body.split(_INNER)
    stretches[1:] = [_INNER + stretch for stretch in stretches[1:]]
    *before, last = map(_stars_once, stretches)
    return "".join(map(_stretch_once, before)) + last


def _ending(regex: str) -> str:
    """Only what is asked for is matched, not what is below it."""
    if regex.endswith(_FOLDER_OR_END):
        return regex.removesuffix(_FOLDER_OR_END) + r"/?\Z"
    if regex.endswith(_FOLDER):
        return regex.removesuffix(_FOLDER) + r"/\Z"
    return regex + "." if regex.endswith("/") else regex  # folder/**: not the folder itself


def _stretch_once(stretch: str) -> str:
    """A stretch of whole names before a further ``**``, where it comes first."""
    for wide, lazy in ((_FIRST, "(?:.+?/)??"), (_INNER, "(?:/.+?)??")):
        if stretch.startswith(wide):
            start = "^" if wide is _FIRST else ""
            return f"{start}(?>{lazy}{stretch.removeprefix(wide)}(?=/))"
    return f"{stretch}(?=/)"


def _stars_once(stretch: str) -> str:
    first, *rest = stretch.split(_STAR)
    parts = [first]
    for number, part in enumerate(rest):
        if not part and number + 1 < len(rest):
            continue  # ** within a name is one *
        ends = number + 1 == len(rest) or "/" in part.replace(_ONE, "")
        parts.append(_STAR + part if ends else f"(?>[^/]*?{part})")
    return "".join(parts)
