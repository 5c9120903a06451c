"""Names read in another encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zpack.entries import Attributes, EncodingUnknown, Kind, NameDecoder, TreeBuilder, recoded


@pytest.mark.parametrize(
    ("encoding", "name", "expected"),
    [
        ("CP932", "テスト".encode("cp932"), "テスト".encode()),
        ("cp932", "表".encode("cp932"), "表".encode()),  # its second byte is a backslash
        ("gbk", "文件".encode("gbk"), "文件".encode()),
        ("latin-1", b"caf\xe9", "café".encode()),
        ("cp932", "already ünï".encode(), "already ünï".encode()),
        ("cp932", b"ascii", b"ascii"),
        ("cp932", b"x\x81", b"x\x81"),
        ("unicode_escape", b"\xff\\x2fetc", b"\xff\\x2fetc"),  # it would get a slash
        ("unicode_escape", b"\xff\\x00", b"\xff\\x00"),
        ("unicode_escape", b"\xff\\ud800", b"\xff\\ud800"),
    ],
)
def test_names(encoding: str, name: bytes, expected: bytes) -> None:
    assert NameDecoder(encoding).name(name) == expected


@pytest.mark.parametrize(
    "encoding", ["", "nonsense", "hex", "rot13", "zlib", "utf-16", "cp037", "idna\0", "undefined"]
)
def test_what_is_no_encoding_of_names(encoding: str) -> None:
    with pytest.raises(EncodingUnknown):
        NameDecoder(encoding)


@given(st.binary(max_size=30), st.sampled_from(["cp932", "gb18030", "big5", "koi8-r", "utf-7"]))
def test_a_name_stays_one_part(name: bytes, encoding: str) -> None:
    name = name.replace(b"/", b"").replace(b"\0", b"")
    new = NameDecoder(encoding).name(name)
    assert b"/" not in new
    assert b"\0" not in new
    assert new == name or new.decode("utf-8")


def tree(*paths: bytes):
    builder = TreeBuilder()
    for offset, path in enumerate(paths):
        builder.add(path, Attributes(Kind.FILE), None, 0, offset)
    return builder.build()


def test_rows_stay_where_they_are_and_are_found_by_their_new_names() -> None:
    old = [f"{letter}/{letter}" for letter in "зжаяб"]
    listing = tree(*(path.encode("cp1251") for path in old))
    new = recoded(listing, "cp1251")
    assert {path.decode() for _, path in new.walk()} == {*old, *"зжаяб"}
    for path in old:
        row = new.find(path.encode())
        assert row == listing.find(path.encode("cp1251"))
        assert new.path(row) == path.encode()
    assert new.find("з/нет".encode()) is None


def test_where_nothing_changes_it_is_the_same() -> None:
    listing = tree(b"a/b", "ünï".encode(), b"\x81")
    assert recoded(listing, "cp932") is listing


def test_links_are_decoded_part_by_part() -> None:
    builder = TreeBuilder()
    name = "файл".encode("cp1251")
    builder.add(b"dir/" + name, Attributes(Kind.FILE), None, 0, 0)
    builder.add(b"hard", Attributes(Kind.HARD_LINK), b"dir/" + name, 0, 1)
    builder.add(b"soft", Attributes(Kind.SYMLINK), b"../" + name + b"/x", 0, 2)
    listing = recoded(builder.build(), "cp1251")
    hard, soft = listing.find(b"hard"), listing.find(b"soft")
    assert listing.link(soft) == "../файл/x".encode()
    assert listing.hard_link_target(hard) == listing.find("dir/файл".encode())


def test_two_names_that_become_the_same() -> None:
    listing = recoded(tree("ж".encode("cp1251"), "ж".encode()), "cp1251")
    assert [path for _, path in listing.walk()] == ["ж".encode()] * 2
