"""What can be typed."""

import argparse

import pytest

from zpack.cli.parser import VERBS, WrongUsage, help_text, one_of, parse, whole_number
from zpack.errors import ExitCode


def options(*arguments: str) -> argparse.Namespace:
    return parse(arguments).options


def test_names_and_options_in_any_order():
    for typed in (
        ["extract", "a", "m", "n", "-C", "d", "--json"],
        ["extract", "-C", "d", "a", "--json", "m", "n"],
        ["extract", "--json", "a", "-Cd", "m", "--", "n"],
    ):
        found = options(*typed)
        assert found.operands == ["a", "m", "n"]
        assert (found.destination, found.json) == ("d", True)


def test_after_two_dashes_everything_is_a_name():
    assert options("list", "--", "--json").operands == ["--json"]
    assert not options("list", "--", "--json").json
    assert options("create", "-q", "--", "--", "-x").operands == ["--", "-x"]


def test_a_name_of_one_dash():
    assert options("list", "-").operands == ["-"]


def test_options_cannot_be_shortened():
    with pytest.raises(WrongUsage, match="There is no option --over"):
        parse(["create", "a", "b", "--over"])


def test_defaults():
    created = options("create", "a", "b")
    assert (created.preset, created.level, created.threads) == (None, None, 0)
    assert not any((created.overwrite, created.quiet, created.json))
    assert (options("extract", "a").destination, options("extract", "a").conflict) == (None, None)


def test_wrong_usage_shows_how():
    wrong = WrongUsage("No\x1b.", "list").explain()
    assert wrong.exit_code == ExitCode.USAGE
    assert wrong.details == "No\\x1b."
    assert "zpack list --help" in wrong.hint


def test_numbers():
    assert whole_number(1, 22)("22") == 22
    assert whole_number(0)("1000000") == 1_000_000
    for text in ("0", "23", "x", "1.5", ""):
        with pytest.raises(argparse.ArgumentTypeError):
            whole_number(1, 22)(text)


def test_words():
    assert one_of("a", "b")("b") == "b"
    with pytest.raises(argparse.ArgumentTypeError, match="a, b"):
        one_of("a", "b")("c")


def test_help_fits_a_terminal():
    assert all(verb in help_text() for verb in VERBS)
    assert max(map(len, help_text().splitlines())) <= 100
