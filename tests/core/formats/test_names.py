"""What names promise."""

import pytest

from zpack.formats import TAR_LZ4, TAR_ZST, promised_format, promises_tar, stem


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("photos.tar.zst", "photos"),
        ("/a/b/PHOTOS.TZST", "PHOTOS"),
        ("photos.tar.lz4", "photos"),
        ("photos.tlz4", "photos"),
        ("a.b.tar", "a.b"),
        ("dot..tar.zst", "dot"),
        (".tar.zst", ".tar.zst contents"),
        ("plain", "plain contents"),
        ("notes.txt.zst", "notes.txt"),
        ("notes.txt.LZ4", "notes.txt"),
        ("notes.zstd", "notes"),
        (".zst", ".zst contents"),
        ("...zst", "...zst contents"),
        ("...lz4", "...lz4 contents"),
    ],
)
def test_what_is_in_an_archive_is_called_as_it_is(name, expected):
    assert stem(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.tar.zst", True),
        ("A.TAR.LZ4", True),
        ("a.tzst", True),
        ("a.tlz4", True),
        ("a.tar.zstd", True),
        ("a.zst", False),
        ("a.lz4", False),
        ("a.tar", False),
        ("tar.zst", False),
        ("a", False),
    ],
)
def test_names_of_tars(name, expected):
    assert promises_tar(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.tar.zst", TAR_ZST),
        ("a.lz4", TAR_LZ4),
        ("a.tlz4", TAR_LZ4),
        ("a.zst", TAR_ZST),
        ("a", None),
    ],
)
def test_promised_formats(name, expected):
    assert promised_format(name) is expected
