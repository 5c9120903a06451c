"""Every error explains itself, in words that are fit for people."""

import errno
import inspect
import re
from typing import get_args

import pytest

import zpack.errors
from zpack.errors import (
    ArchiveDamaged,
    ArchiveItself,
    BadLevel,
    ContraryWishes,
    EntryDamaged,
    ExitCode,
    NotAnArchive,
    OutOfSpace,
    RequestRefused,
    SourceMissing,
    SystemFailure,
    UnknownPreset,
    VerificationFailed,
    ZpackError,
    system_failure,
)

BANNED = re.compile(r"invalid|illegal|abort", re.IGNORECASE)
NAME = "some\x1bname"


def error_classes() -> list[type[ZpackError]]:
    found = (value for value in vars(zpack.errors).values() if inspect.isclass(value))
    return [kind for kind in found if issubclass(kind, ZpackError) and kind is not ZpackError]


def example(kind: type[ZpackError]) -> ZpackError:
    """An error of that class, its arguments made up by what they are called."""
    if kind is RequestRefused:
        return RequestRefused([SourceMissing("a"), SourceMissing("b")])
    names = dict.fromkeys(("path", "name", "source", "target", "first", "second"), NAME)
    others = {"level": 99, "known": ("fast",), "offset": 5, "version": 2}
    others |= {"details": "It fell.", "hint": "Lift it up."}
    if kind in (ContraryWishes, VerificationFailed):  # a sentence, there
        others["what"] = "It fell."
    parameters = inspect.signature(kind, eval_str=True).parameters.values()
    return kind(*(_value(each, names | others) for each in parameters))


def _value(parameter: inspect.Parameter, known: dict[str, object]) -> object:
    """What is known by that name; else words, or a number."""
    if parameter.name in known:
        return known[parameter.name]
    words = str in (parameter.annotation, *get_args(parameter.annotation))
    return "words of ours" if words else 5


@pytest.mark.parametrize("kind", error_classes(), ids=lambda kind: kind.__name__)
class TestEveryError:
    def test_says_what_happened_to_which_file_and_what_to_do(self, kind):
        explanation = example(kind).explain()
        assert explanation.code
        assert explanation.title
        assert explanation.details
        assert explanation.hint
        assert explanation.exit_code in {int(code) for code in ExitCode} - {ExitCode.DONE}

    def test_has_no_harsh_words(self, kind):
        assert not BANNED.search(str(example(kind)))

    def test_shows_names_safely(self, kind):
        explanation = example(kind).explain()
        assert "\x1b" not in explanation.title + explanation.details + explanation.hint

    def test_titles_are_no_sentences_and_details_and_hints_are(self, kind):
        explanation = example(kind).explain()
        assert not explanation.title.endswith(".")
        assert explanation.details.endswith(".")
        assert explanation.hint.endswith(".")


def test_codes_are_unique():
    # To a program it is all the same which of its sources were left out, and why.
    codes = [kind.code for kind in error_classes() if kind is not ArchiveItself]
    assert len(codes) > 20
    assert sorted(set(codes)) == sorted(codes)


def test_every_error_is_exported():
    assert {kind.__name__ for kind in error_classes()} <= set(zpack.errors.__all__)


def test_an_error_as_text_and_as_data():
    error = NotAnArchive("a.txt")
    assert str(error).startswith("This file is not an archive. a.txt does not")
    assert error.explain().path == "a.txt"
    assert error.explain().exit_code == ExitCode.FAILED


def test_paths_that_are_not_utf8_keep_their_bytes():
    explanation = ArchiveDamaged(b"b\xff", "it is cut off").explain()
    assert explanation.path == "b\udcff"
    assert explanation.details == "b\\xff: it is cut off."


def test_where_damage_is():
    assert "(at byte 12,345)" in ArchiveDamaged("a", "it is cut off", 12345).details
    assert EntryDamaged("a", "x").exit_code == ExitCode.DAMAGED


def test_one_fault_speaks_for_itself():
    fault = SourceMissing("a")
    refused = RequestRefused([fault])
    assert refused.explain() == fault.explain()
    assert refused.title == fault.title


def test_all_faults_are_told_together():
    refused = RequestRefused([SourceMissing("a"), BadLevel(99)])
    explanation = refused.explain()
    assert explanation.title == "2 things are in the way"
    assert explanation.details == "a does not exist.\n99 is not between 1 and 22."
    assert explanation.exit_code == ExitCode.FAILED


def test_faults_of_usage_only_are_wrong_usage():
    refused = RequestRefused([UnknownPreset("x", ("fast",)), BadLevel(99)])
    assert refused.explain().exit_code == ExitCode.USAGE


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_apart(number):
    assert isinstance(system_failure(OSError(number, "x"), "a"), OutOfSpace)


def test_other_failures_of_the_system():
    failure = system_failure(OSError(errno.EIO, "x"), "a")
    assert isinstance(failure, SystemFailure)
    assert failure.details == "a: the disk reported a read or write error."
    nameless = system_failure(OSError(errno.EIO, "x"), "")
    assert nameless.details == "The disk reported a read or write error."
