"""The syntax of .gitignore: what git itself says of the same patterns, and no exponential time."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from zpack.filesystem.patterns import MOST_PATTERNS, PatternError, Patterns


def matched(lines: list[str], path: str, *, folder: bool = False) -> bool:
    return Patterns(lines).match(path, folder=folder)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.o", "a/b/c.o", True),
        ("*.o", "a/b/c.oo", False),
        ("/a", "a", True),
        ("/a", "b/a", False),
        ("b/a", "b/a", True),
        ("b/a", "c/b/a", False),
        ("**/b/a", "c/b/a", True),
        ("a/**/z", "a/z", True),
        ("a/**/z", "a/b/c/z", True),
        ("a/**/z", "ab/z", False),
        ("a/**", "a/b", True),
        ("a/**", "a", False),
        ("f?o", "fxo", True),
        ("f?o", "f/o", False),
        ("[a-c]x", "bx", True),
        ("[!a-c]x", "bx", False),
        (r"\#x", "#x", True),
        (r"\!x", "!x", True),
        ("# a comment", "# a comment", False),
        ("", "a", False),
        ("*ab*ba*", "xabba", True),
        ("*ab*ba*", "xaba", False),
        ("*", "new\nline", True),
        ("line", "line\n", False),
        ("b", "new\nline/b", True),
        ("[[]x", "[x", True),
        ("[&&|~~]x", "~x", True),
        ("not\udcffutf8", "not\udcffutf8", True),
    ],
)
def test_examples(pattern: str, path: str, expected: bool) -> None:
    assert matched([pattern], path) is expected


def test_a_slash_at_the_end_means_folders_only() -> None:
    assert matched(["build/"], "x/build", folder=True)
    assert not matched(["build/"], "x/build")


def test_the_last_that_matches_decides() -> None:
    lines = ["*.log", "!keep.log", "/keep.log"]
    assert matched(lines, "a/x.log")
    assert not matched(lines, "a/keep.log")
    assert matched(lines, "keep.log")


@pytest.mark.parametrize("bad", ["[a", "[z-a]", "x\\", "a\0b", "[[:alpha:]]", "x" * 5000, "a\nb"])
def test_what_makes_no_sense_is_said(bad: str) -> None:
    with pytest.raises(PatternError):
        Patterns([bad])


def test_too_many() -> None:
    with pytest.raises(PatternError):
        Patterns(["x"] * (MOST_PATTERNS + 1))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 30 + "b", "a" * 255),
        ("x*" + "?*a" * 30 + "b", "x" + "a" * 254),
        ("**/" + "a/**/" * 30 + "b", "a/" * 2000 + "c"),
        ("a/**/" * 30 + "*a*a*a*b/**/c", "a/" * 2000 + "c"),
        ("*a" * 30 + "b/x", ("a" * 255 + "/") * 15 + "x"),
    ],
)
def test_no_pattern_takes_forever(pattern: str, path: str) -> None:
    assert not matched([pattern], path)


# --- git as the judge -------------------------------------------------------------------------

_names = st.text("ab.", min_size=1, max_size=4).filter(lambda name: name not in (".", ".."))
_paths = st.lists(_names, min_size=1, max_size=4).map("/".join)
_pieces = st.sampled_from(["a", "b", ".", "*", "?", "[ab]", "[!a]", "ab"])
_parts = st.lists(_pieces, min_size=1, max_size=4).map("".join)
_patterns = st.builds(
    lambda start, parts, end: start + "/".join(parts) + end,
    st.sampled_from(["", "", "", "!", "/", "!/"]),
    st.lists(st.one_of(_parts, st.just("**")), min_size=1, max_size=4),
    st.sampled_from(["", "", "/"]),
)


def git_says(folder: Path, lines: list[str], paths: list[str]) -> list[bool]:
    """What ``git check-ignore`` decides for paths that do not exist (so none is a folder)."""
    (folder / ".gitignore").write_text("".join(f"{line}\n" for line in lines))
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "-v", "-n", "-z", "--stdin"],
        cwd=folder,
        input="".join(f"{path}\0" for path in paths).encode(),
        capture_output=True,
        check=False,
    )
    fields = done.stdout.decode().split("\0")[:-1]
    rules = [fields[at + 2] for at in range(0, len(fields), 4)]
    return [bool(rule) and not rule.startswith("!") for rule in rules]


def ours(patterns: Patterns, path: str) -> bool:
    """As a scan asks: nothing is asked below what is left out."""
    parts = path.split("/")
    above = ("/".join(parts[:length]) for length in range(1, len(parts)))
    return any(patterns.match(each, folder=True) for each in above) or patterns.match(
        path, folder=False
    )


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("git")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_patterns, min_size=1, max_size=4), st.lists(_paths, min_size=1, max_size=12))
def test_git_decides_the_same(repository: Path, lines: list[str], paths: list[str]) -> None:
    try:
        patterns = Patterns(lines)
    except PatternError:  # git ignores what makes no sense; we say it
        assume(False)
    assert [ours(patterns, path) for path in paths] == git_says(repository, lines, paths)
