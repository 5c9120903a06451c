"""ACLs: against getfacl and setfacl, and the text that other programs write."""

import contextlib
import os
import struct
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from zpack.tar import AclError, acl_from_text, acl_to_text

NAMES = {1000: b"ann", 1001: b"bob", 1002: b"a b", 1003: b"77"}
IDS = {name: number for number, name in NAMES.items()}


def name_of(number: int) -> bytes:
    return NAMES.get(number, b"")


def text_of(value: bytes) -> bytes:
    return acl_to_text(value, name_of, name_of)


def value_of(text: bytes) -> bytes:
    return acl_from_text(text, IDS.get, IDS.get)


def value(*entries: tuple[int, int, int]) -> bytes:
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


NOBODY = 0xFFFFFFFF
EXAMPLE = value(
    (1, 6, NOBODY), (2, 6, 1000), (2, 4, 2000), (4, 4, NOBODY), (16, 6, NOBODY), (32, 4, NOBODY)
)
CANONICAL = b"user::rw-,user:ann:rw-:1000,user:2000:r--,group::r--,mask::rw-,other::r--"
SAME = {
    "ours": CANONICAL,
    "GNU tar": b"user::rw-\nuser:ann:rw-\nuser:2000:r--\ngroup::r--\nmask::rw-\nother::r--\n",
    "bsdtar": b"user::rw-,group::r--,other::r--,user:ann:rw-:1000,user:2000:r--:2000,mask::rw-",
    "star": b"user::rw-,user:ann:rw-:1000,user:2000:r--:2000,group::r--,mask::rw-,other::r--",
    "a name not known here": CANONICAL.replace(b"ann", b"eve"),
    "short, with comments": b"u::rw-\t#effective:rw-\nu:ann:rw-\nu:2000:r--\ng::r--\n# all\n"
    b"m::rw-\no::r--",
    "Solaris": b"user::rw-,user:ann:rw-,user:2000:r--,group::r--,mask:rw-,other:r--",
    "with default": CANONICAL.replace(b",", b"\ndefault:"),
}


@pytest.mark.parametrize("form", SAME)
def test_text_of_others(form):
    assert value_of(SAME[form]) == EXAMPLE


def test_our_text():
    assert text_of(EXAMPLE) == CANONICAL


def test_names_that_would_not_come_back_stay_numbers():
    odd = value((1, 7, NOBODY), (2, 7, 1002), (2, 7, 1003), (4, 0, NOBODY))
    assert text_of(odd) == b"user::rwx,user:1002:rwx,user:1003:rwx,group::---"


IDENTIFIERS = st.sets(st.sampled_from([0, 1, 1000, 1001, 1002, 1003, 4000000000]), max_size=5)


@examples(100)
@given(IDENTIFIERS, IDENTIFIERS, st.integers(0, 7), st.integers(0, 7))
def test_there_and_back(users, groups, one, other):
    entries = [(1, one, NOBODY)]
    entries += [(2, one, number) for number in sorted(users)]
    entries += [(4, other, NOBODY)]
    entries += [(8, other, number) for number in sorted(groups)]
    entries += [(16, one, NOBODY), (32, other, NOBODY)]
    numbers = {str(number).encode(): number for number in users | groups}
    known = IDS | {b"77": 5}  # a name of digits is taken for what it looks like
    del known[b"77"]
    made = acl_from_text(text_of(value(*entries)), known.get, (known | numbers).get)
    assert made == value(*entries)


@pytest.mark.parametrize(
    "text",
    [b"", b"\n", b"user", b"user::rw-:1:2:3", b"king::rwx", b"user::rwz", b"user:eve:rwx",
     b"user:99999999999:rwx", b"user:4294967295:rwx", b"default", b"user:ann:rwx,:::",
     b"usr::rwx", b"user::rwx,user::-\xff-", b",".join([b"user:1:rwx"] * 9000)],
)  # fmt: skip
def test_text_that_makes_no_sense(text):
    with pytest.raises(AclError):
        value_of(text)


@pytest.mark.parametrize(
    "made", [b"", b"\2\0\0", value()[:3], struct.pack("<I", 3), EXAMPLE + b"\0",
             value((64, 7, NOBODY)), value((1, 8, NOBODY))],
)  # fmt: skip
def test_values_that_make_no_sense(made):
    with pytest.raises(AclError):
        text_of(made)


@examples(200)
@given(st.binary(max_size=200))
def test_any_bytes(data):
    for convert in (value_of, text_of):
        with contextlib.suppress(AclError):
            convert(data)


def test_against_setfacl_and_getfacl(tmp_path):
    (tmp_path / "a").touch()
    (tmp_path / "b").touch()
    entries = "u:daemon:rwx,u:12345:r--,g:bin:-w-,g::r--,m::rwx"
    try:
        subprocess.run(["setfacl", "-m", entries, "a"], cwd=tmp_path, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no ACLs here")
    users = {1: b"daemon"}
    groups = {2: b"bin"}
    found = os.getxattr(tmp_path / "a", "system.posix_acl_access")
    text = acl_to_text(
        found, lambda number: users.get(number, b""), lambda number: groups.get(number, b"")
    )
    assert text.startswith(b"user::rw-,user:daemon:rwx:1,user:12345:r--,group::r--,group:bin:-w-:2")
    made = acl_from_text(text, {b"daemon": 1}.get, {b"bin": 2}.get)
    os.setxattr(tmp_path / "b", "system.posix_acl_access", made)
    told = [
        subprocess.run(["getfacl", "-cn", name], cwd=tmp_path, capture_output=True, check=True)
        for name in ("a", "b")
    ]
    assert told[0].stdout == told[1].stdout
