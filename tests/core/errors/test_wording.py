"""Names and reasons as text that is safe to show."""

import errno
import os

import pytest

from zpack.errors import reason, shown


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plain name.txt", "plain name.txt"),
        ("grüße – 日本", "grüße – 日本"),
        (b"gr\xc3\xbc\xc3\x9fe", "grüße"),
        ("", ""),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb\tc\0", "a\\x0ab\\x09c\\x00"),
        ("a\x7f\x85", "a\\x7f\\x85"),
        (b"b\xff.txt", "b\\xff.txt"),
        ("b\udcff.txt", "b\\xff.txt"),
        ("exe\u202egpj", "exe\\u202egpj"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("line\u2028end", "line\\u2028end"),
        ("private\ue000", "private\\ue000"),
    ],
)
def test_shown(name, text):
    assert shown(name) == text


def test_reasons_in_words():
    assert reason(OSError(errno.EACCES, "Permission denied")) == "you do not have permission"
    assert reason(FileNotFoundError(errno.ENOENT, "x")) == "it does not exist"


def test_other_reasons_in_the_systems_words():
    assert reason(OSError(errno.EPIPE, os.strerror(errno.EPIPE))) == "broken pipe"
    assert reason(OSError("no number")) == "unknown reason"
